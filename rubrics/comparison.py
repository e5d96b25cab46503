"""What differs between two versions of a rubric, and whether scores given under both can still be compared.

Scores are comparable where wording alone differs: then every score is a level of the same criterion on the same scale and counts
alike. Whether other words mean the same is for people to judge.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rubrics.models import Criterion, Rubric
from rubrics.translations import flat
from rubrics.yaml import CriterionFile, RubricFile

WORDING: dict[str, Promise] = {"title": gettext_lazy("title"), "guidance": gettext_lazy("guidance")}
MEASURING: dict[str, Promise] = {
    "category": gettext_lazy("category"),
    "scale_min": gettext_lazy("lowest level"),
    "scale_max": gettext_lazy("highest level"),
    "overall_method": gettext_lazy("overall"),
    "overall_min": gettext_lazy("lowest overall"),
    "overall_max": gettext_lazy("highest overall"),
    "rounding": gettext_lazy("rounding"),
    "shows_correct_answer": gettext_lazy("shows the correct answer"),
}
CRITERION_WORDING: dict[str, Promise] = {"title": gettext_lazy("title"), "description": gettext_lazy("description")}
CRITERION_MEASURING: dict[str, Promise] = {
    "kind": gettext_lazy("kind"),
    "weight": gettext_lazy("weight"),
    "points": gettext_lazy("points off"),
    "na": gettext_lazy("not applicable"),
}
LEVEL: dict[str, Promise] = {"label": gettext_lazy("label"), "descriptor": gettext_lazy("descriptor")}
EXAMPLE = {"example": gettext_lazy("example")}
EXAMPLE_IMAGE = gettext_lazy("image of the example")
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "overall_method": dict(Rubric.Overall.choices),
    "rounding": dict(Rubric.Rounding.choices),
    "kind": dict(Criterion.Kind.choices),
    "na": dict(Criterion.NotApplicable.choices),
}


@dataclass(frozen=True)
class Change:
    """`criterion` is a key, empty for the whole rubric; `level` None but for one level's words. `before` and `after` are as a
    reader sees them."""

    criterion: str
    level: int | None
    field: str
    words: str
    before: str
    after: str
    is_wording: bool


@dataclass(frozen=True)
class Comparison:
    changes: list[Change]

    @property
    def is_comparable(self) -> bool:
        return all(change.is_wording for change in self.changes)


def compare(old: RubricFile, new: RubricFile) -> Comparison:
    of_rubric = [*differing(old, new, MEASURING, False), *differing(old, new, WORDING, True)]
    return Comparison([*of_rubric, *of_criteria(old, new), *of_translations(old, new)])


def of_criteria(old: RubricFile, new: RubricFile) -> Iterator[Change]:
    before, after = ({item.key: item for item in content.criteria} for content in (old, new))
    for key, item in before.items():
        if key not in after:
            yield Change(key, None, "criterion", _("criterion"), item.title, "", False)
    for key, item in after.items():
        if key not in before:
            yield Change(key, None, "criterion", _("criterion"), "", item.title, False)
        else:
            yield from of_criterion(before[key], item)
    orders = [[key for key in keys if key in before and key in after] for keys in (before, after)]
    if orders[0] != orders[1]:
        yield Change("", None, "order", _("order of the criteria"), ", ".join(orders[0]), ", ".join(orders[1]), True)


def of_criterion(old: CriterionFile, new: CriterionFile) -> Iterator[Change]:
    yield from differing(old, new, CRITERION_MEASURING, False, new.key)
    yield from differing(old, new, CRITERION_WORDING, True, new.key)
    for value in sorted(old.levels.keys() & new.levels.keys()):
        for place, (name, words) in enumerate(LEVEL.items()):
            before, after = old.levels[value][place], new.levels[value][place]
            if before != after:
                yield Change(new.key, value, name, str(words), before, after, True)
        before, after = (item.examples.get(value, "") for item in (old, new))
        if before != after:
            yield Change(new.key, value, "example", str(EXAMPLE["example"]), before, after, True)
        before, after = (item.example_images.get(value, "")[:12] for item in (old, new))
        if before != after:
            yield Change(new.key, value, "example_image", str(EXAMPLE_IMAGE), before, after, True)


def of_translations(old: RubricFile, new: RubricFile) -> Iterator[Change]:
    before, after = (dict(flat(content.translations)) for content in (old, new))
    for place in sorted({*before, *after}):
        was, now = before.get(place, ""), after.get(place, "")
        if was != now:
            language, key, level, name = place
            words = f"{(WORDING | CRITERION_WORDING | LEVEL | EXAMPLE)[name]} ({language})"
            yield Change(key, int(level) if level else None, f"translations.{language}.{name}", words, was, now, True)


def differing(old: Any, new: Any, names: Mapping[str, Promise], is_wording: bool, criterion: str = "") -> Iterator[Change]:
    for name, words in names.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(criterion, None, name, str(words), shown(name, before), shown(name, after), is_wording)


def shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(CHOICES.get(name, {}).get(value, value))
