"""The filters of the list of disputes, read from an address; what does not fit restricts nothing."""

from collections.abc import Collection, Mapping
from typing import Any

from annotation.flow.adjudicate.listing import KINDS, SORTS, Filters

WITHOUT = "-"  # in an address: those without a category or field, as the empty choice of a form is none
ADJUDICATORS_SORTS = ("category", "field", "criterion", "age")


def managers_filters(query: Mapping[str, str], states: Collection[str]) -> Filters:
    return Filters(
        state=one_of(query.get("state", ""), states),
        kind=one_of(query.get("kind", ""), KINDS),
        gap=number(query.get("gap", "")),
        sort=sort(query.get("sort", "-gap"), SORTS),
        **about(query),
    )


def adjudicators_filters(query: Mapping[str, str], states: Collection[str]) -> Filters:
    """Never by gap or kind: they would tell what is disputed."""
    return Filters(
        state=one_of(query.get("state", ""), states), sort=sort(query.get("sort", ""), ADJUDICATORS_SORTS), **about(query)
    )


def about(query: Mapping[str, str]) -> dict[str, Any]:
    return {
        "category": value(query.get("category", "")),
        "field": value(query.get("field", "")),
        "criterion": query.get("criterion", ""),
        "age": number(query.get("age", "")),
    }


def one_of(text: str, known: Collection[str]) -> str:
    return text if text in known else ""


def value(text: str) -> str | None:
    return "" if text == WITHOUT else text or None


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def sort(text: str, known: Collection[str]) -> str:
    return text if text.removeprefix("-") in known else ""
