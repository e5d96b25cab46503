"""Answers that refuse without work of their own, for those who ask by the thousand: each page is made once per language."""

from functools import lru_cache

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override


def refusal(template: str, *, status: int, retry_after: int) -> HttpResponse:
    """`retry_after`: seconds."""
    answer = HttpResponse(page(template, get_language()), status=status)
    answer["Retry-After"] = str(retry_after)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # Django would write a line for each
    return answer


@lru_cache
def page(template: str, language: str) -> str:
    with override(language):
        return render_to_string(template)
