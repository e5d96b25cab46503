"""The drill-down's selection of responses as an address, and in words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation.flow.agree.drilldown import ALL_CRITERIA, COLUMNS, OVERALL, Selection
from annotation.forms.queries import ALL, HABITS, SPREADS, STATES
from rubrics.models import Criterion, Rubric

NAMES = {
    "rubric": gettext_lazy("rubric"),
    "category": gettext_lazy("category"),
    "field": gettext_lazy("field"),
    "subfield": gettext_lazy("subfield"),
    "system": gettext_lazy("system"),
    "round": gettext_lazy("round"),
    "week": gettext_lazy("week"),
    "label": gettext_lazy("label"),
    "error": gettext_lazy("error"),
    "flag": gettext_lazy("flag"),
    "search": gettext_lazy("words"),
    "spread": gettext_lazy("overall scores apart"),
}


class Part(NamedTuple):
    """One filter of the selection in words, and the address of the list without it."""

    words: str
    without: str


def address(project_slug: str, **selection: Any) -> str:
    """The address of the responses behind a number; takes the fields of a Selection."""
    return address_of(project_slug, Selection(**selection))


def address_of(project_slug: str, selection: Selection) -> str:
    path = reverse("responses", args=[project_slug])
    query = urlencode(list(parameters(selection)), safe=f",{ALL}")
    return f"{path}?{query}" if query else path


def parameters(selection: Selection) -> Iterator[tuple[str, str]]:
    if selection.rubric is not None:
        yield "rubric", selection.rubric
    if selection.criterion is not None:
        yield "criterion", ALL if selection.criterion == ALL_CRITERIA else selection.criterion
    yield from (("annotator", name) for name in selection.annotators)
    if selection.levels is not None:
        yield "levels", ",".join(map(str, selection.levels))
    if selection.level is not None:
        yield "level", str(selection.level)
    if selection.habit is not None:
        yield "habit", selection.habit
    for name in (*COLUMNS, "label", "error", "flag", "search", "spread"):
        value = getattr(selection, name)
        if value is not None:
            yield name, value


def parts(project_slug: str, selection: Selection, rubrics: Sequence[Rubric]) -> list[Part]:
    parts = []
    for name, words in in_words(selection, rubrics):
        without: dict[str, Any] = {name: () if name == "annotators" else None}
        if name == "criterion":
            without |= {"levels": None, "level": None}  # of the criterion
        parts.append(Part(words, address_of(project_slug, replace(selection, **without))))
    return parts


def in_words(selection: Selection, rubrics: Sequence[Rubric]) -> Iterator[tuple[str, str]]:
    """Each field that is set, with its words."""
    if selection.criterion is not None:
        yield "criterion", criterion_title(selection.rubric, selection.criterion, rubrics)
    if selection.habit is not None:
        yield "habit", HABITS[selection.habit] % {"name": selection.annotators[0]}
    elif selection.annotators:
        yield "annotators", annotators_in_words(selection)
    if selection.levels is not None:
        yield "levels", _("levels %(first)s and %(second)s") % dict(zip(("first", "second"), selection.levels, strict=True))
    if selection.level is not None:
        applies = selection.level == 1 and is_penalty(selection.rubric, selection.criterion, rubrics)
        yield "level", _("applies") if applies else _("level %(level)s") % {"level": selection.level}
    for name, word in NAMES.items():
        value = getattr(selection, name)
        if value is not None:
            yield name, _("%(name)s: %(value)s") % {"name": word, "value": shown(name, value)}


def shown(name: str, value: str) -> Any:
    if name == "flag":
        return _("open")
    return {"label": STATES, "spread": SPREADS}.get(name, {}).get(value, value) or "–"


def annotators_in_words(selection: Selection) -> str:
    names = selection.annotators
    if len(names) == 2:
        return _("%(first)s and %(second)s") % dict(zip(("first", "second"), names, strict=True))
    if selection.criterion is None and selection.levels is None and selection.level is None:
        return _("everything judged by %(name)s") % {"name": names[0]}
    return _("%(name)s compared with the others") % {"name": names[0]}


def criterion_title(rubric: str | None, key: str | None, rubrics: Sequence[Rubric]) -> str:
    """The key itself where no rubric, or not this one, has it."""
    if key is None or key == OVERALL:
        return _("Overall")
    if key == ALL_CRITERIA:
        return _("All criteria")
    criterion = criterion_of(rubric, key, rubrics)
    return criterion.title if criterion else key


def is_penalty(rubric: str | None, key: str | None, rubrics: Sequence[Rubric]) -> bool:
    criterion = criterion_of(rubric, key, rubrics)
    return criterion is not None and not criterion.is_rated


def criterion_of(rubric: str | None, key: str | None, rubrics: Sequence[Rubric]) -> Criterion | None:
    criteria = (item for candidate in rubrics if rubric in (None, candidate.name) for item in candidate.criteria.all())
    return next((item for item in criteria if item.key == key), None)
