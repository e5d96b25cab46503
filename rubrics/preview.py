"""The overall of a rubric that is being written, tried on levels that its author chooses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rubrics.checks import BadRubric
from rubrics.form import Field, number, scale_of, shown
from rubrics.models import Criterion, Rubric
from rubrics.scoring import explain_overall, format_score, overall
from rubrics.yaml import CriterionFile, RubricFile, parse

NOT_APPLICABLE = "na"


class Criteria(list[Criterion]):
    """As a rubric has them, but of no stored one."""

    def all(self) -> Iterable[Criterion]:
        return self


@dataclass(frozen=True)
class Rule:
    """What the overall depends on, of a rubric that is not stored."""

    overall_method: str
    overall_min: int
    overall_max: int
    criteria: Criteria


@dataclass(frozen=True)
class Trial:
    """One criterion with the level that was chosen for it; a penalty with whether it is given."""

    title: str
    choice: Field
    levels: list[str]
    is_rated: bool
    allows_na: bool


@dataclass(frozen=True)
class Preview:
    """`value` is None where nothing is left to take a mean of, and where the rule is not complete yet."""

    trials: list[Trial]
    holistic: Field | None
    value: str | None
    words: str
    is_complete: bool


def rule_of(content: RubricFile) -> Rule:
    criteria = Criteria(criterion_of(item) for item in content.criteria)
    return Rule(content.overall_method, content.overall_min, content.overall_max, criteria)


def criterion_of(content: CriterionFile) -> Criterion:
    numbers = {
        name: None if value is None else Decimal(value)
        for name, value in (("weight", content.weight), ("points", content.points))
    }
    return Criterion(key=content.key, kind=content.kind, title=content.title, **numbers)


def preview_of(record: Mapping[str, Any], posted: Mapping[str, str]) -> Preview:
    """Before anything is chosen, every criterion has the highest level. Texts may still be missing."""
    scale = scale_of(record)
    trials = [trial_of(item, place, scale, posted) for place, item in enumerate(record["criteria"], 1)]
    is_holistic = record["overall"].get("method") == Rubric.Overall.HOLISTIC
    highest = record["overall"].get("max", "")
    holistic = Field("try.overall", posted.get("try.overall", shown(highest))) if is_holistic else None
    try:
        content = parse(with_texts(record))
    except BadRubric:
        return Preview(trials, holistic, None, "", False)
    given = number(holistic.value) if holistic else None
    chosen = {
        "scores": {key_of(place): score_of(trial) for place, trial in enumerate(trials, 1) if trial.is_rated},
        "penalties": {key_of(place) for place, trial in enumerate(trials, 1) if trial.choice.value and not trial.is_rated},
        "holistic": given if isinstance(given, int) else None,
    }
    rule = rule_of(content)
    value = overall(rule, **chosen)  # type: ignore[arg-type]
    words = explain_overall(rule, **chosen)  # type: ignore[arg-type]
    return Preview(trials, holistic, None if value is None else format_score(value), words, True)


def trial_of(criterion: Mapping[str, Any], place: int, scale: range, posted: Mapping[str, str]) -> Trial:
    is_rated, name = criterion["kind"] == Criterion.Kind.RATED, f"try.criteria[{place}]"
    highest = str(scale[-1]) if scale and is_rated else ""
    allows_na = is_rated and criterion.get("na", Criterion.NotApplicable.NEVER) != Criterion.NotApplicable.NEVER
    levels = [str(value) for value in scale]
    chosen = posted.get(name, highest)
    if is_rated and chosen not in levels and not (allows_na and chosen == NOT_APPLICABLE):
        chosen = highest
    title = str(criterion.get("title") or criterion.get("key") or place)
    return Trial(title, Field(name, chosen), levels, is_rated, allows_na)


def score_of(trial: Trial) -> int | None:
    return None if trial.choice.value == NOT_APPLICABLE else int(trial.choice.value)


def key_of(place: int) -> str:
    return f"c{place}"


def with_texts(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with a text wherever one is missing, as the overall depends on none."""
    criteria = [
        {name: item[name] for name in ("kind", "weight", "points", "na") if item.get(name) not in (None, "")}
        | {"key": key_of(place), "title": str(item.get("title") or "").strip()[:200] or key_of(place)}
        | ({"levels": dict.fromkeys(scale_of(record), "–")} if item["kind"] == Criterion.Kind.RATED else {})
        for place, item in enumerate(record["criteria"], 1)
    ]
    overall = {name: value for name, value in record["overall"].items() if value not in (None, "")}
    texts = {"slug": "draft", "title": "–", "category": "draft"}
    return texts | {"scale": record["scale"], "overall": overall, "criteria": criteria}
