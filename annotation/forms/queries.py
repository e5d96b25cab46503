"""What an address asks the list of queries for."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from annotation.errors import ValidationError, quoted
from annotation.limits import LONGEST_SEARCH

SWITCHES = ("references", "correct", "dropped")
YES_OR_NO = {"": None, "yes": True, "no": False}
NONE = "-"  # of no field or language: a select has an empty value for "all"


class QueryFilters(NamedTuple):
    """As QueryQuerySet.chosen takes them; None does not restrict, nor does an empty text that is searched for."""

    search: str = ""
    category: str | None = None
    field: str | None = None
    language: str | None = None
    references: bool | None = None
    correct: bool | None = None
    dropped: bool | None = None


def query_filters(asked: Mapping[str, Any]) -> QueryFilters:
    """Raises ValidationError, with the fault of each field."""
    faults = {
        name: _("%(text)s: expected yes or no") % {"text": quoted(asked[name])}
        for name in SWITCHES
        if asked.get(name, "") not in YES_OR_NO
    }
    search = str(asked.get("search", "")).strip()
    if len(search) > LONGEST_SEARCH:
        faults["search"] = _("expected at most %(most)s characters") % {"most": LONGEST_SEARCH}
    if faults:
        raise ValidationError(faults)
    named = {name: chosen_text(asked.get(name, "")) for name in ("category", "field", "language")}
    references, correct, dropped = (YES_OR_NO[asked.get(name, "")] for name in SWITCHES)
    return QueryFilters(search, **named, references=references, correct=correct, dropped=dropped)


def chosen_text(text: str) -> str | None:
    return None if not text else "" if text == NONE else text
