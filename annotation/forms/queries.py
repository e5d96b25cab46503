"""What an address asks the lists of queries and of responses for: of these it is the selection of the drill-down."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation.errors import ValidationError, quoted
from annotation.flow.agree.drilldown import ALIKE, ALL_CRITERIA, COLUMNS, LABELLED, OPEN, PACE, SPREAD, Selection
from annotation.flow.labels import LABEL_STATES
from annotation.limits import LONGEST_SEARCH

SWITCHES = ("references", "correct", "dropped")
YES_OR_NO = {"": None, "yes": True, "no": False}
NONE = "-"  # of no field or language: a select has an empty value for "all"

# All criteria in an address: there an empty criterion is none, as the form sends it. All categories, fields or systems: there an
# empty one is that of responses without any.
ALL = "*"
STATES = {**LABEL_STATES, LABELLED: gettext_lazy("agreed or adjudicated")}
HABITS = {
    ALIKE: gettext_lazy("%(name)s: similarity of the criteria"),
    PACE: gettext_lazy("%(name)s: time compared with the others"),
}
SPREADS = dict(
    zip(
        SPREAD,
        (
            gettext_lazy("less than 1 point"),
            gettext_lazy("1 to less than 2 points"),
            gettext_lazy("2 to less than 3 points"),
            gettext_lazy("3 points or more"),
        ),
        strict=True,
    )
)
LEVEL = re.compile(r"-?[0-9]{1,5}")
LEVELS = re.compile(r"(-?[0-9]{1,5}),(-?[0-9]{1,5})")


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


def response_filters(query: QueryDict) -> Selection | None:
    """The selection of an address, or None where no selection fits it: three annotators, a level that is no number, a habit
    without an annotator. A criterion takes the place of a habit.
    """
    levels, level = query.get("levels", ""), query.get("level", "")
    pair, one = LEVELS.fullmatch(levels), LEVEL.fullmatch(level)
    annotators = tuple(query.getlist("annotator"))
    if (levels and not pair) or (level and not one) or len(annotators) > 2 or len(set(annotators)) < len(annotators):
        return None
    criterion, habit = query.get("criterion") or None, query.get("habit") or None
    if habit and (habit not in HABITS or len(annotators) != 1 or levels or level):
        return None
    label = query.get("label") or None
    if label and label not in STATES:
        return None
    flag = query.get("flag") or None
    if flag not in (None, OPEN):
        return None
    spread = query.get("spread") or None
    if spread not in (None, *SPREADS):
        return None
    return Selection(
        rubric=query.get("rubric") or None,
        criterion=ALL_CRITERIA if criterion == ALL else criterion,
        annotators=annotators,
        levels=(int(pair[1]), int(pair[2])) if pair else None,
        level=int(one[0]) if one else None,
        habit=None if criterion else habit,
        label=label,
        error=query.get("error") or None,
        flag=flag,
        search=query.get("search", "")[:LONGEST_SEARCH].strip() or None,
        spread=spread,
        **{name: None if query.get(name) == ALL else query.get(name) for name in COLUMNS},
    )
