"""Reads a rubric file, YAML or JSON. An error names the field."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rubrics.models import Criterion, Rubric

KEYS = {"slug", "title", "category", "scale", "overall", "guidance", "criteria", "shows_correct_answer"}
CRITERION_KEYS = {"key", "kind", "title", "description", "weight", "points", "na", "levels"}


class BadRubric(Exception):
    """A rubric file is refused; the message names the file, the field and what was expected."""


@dataclass(frozen=True)
class CriterionFile:
    key: str
    kind: str
    title: str
    description: str
    weight: str | None
    points: str | None
    na: str
    levels: dict[int, tuple[str, str]]  # value: (label, descriptor)


@dataclass(frozen=True)
class RubricFile:
    slug: str
    title: str
    category: str
    scale_min: int
    scale_max: int
    overall_method: str
    overall_min: int
    overall_max: int
    rounding: str
    shows_correct_answer: bool
    guidance: str
    criteria: tuple[CriterionFile, ...]

    def canonical(self) -> dict[str, Any]:
        return asdict(self)

    def rubric_fields(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if key != "criteria"}


class OnceLoader(yaml.SafeLoader):
    """Refuses a key that is there twice, where YAML's own loaders take the last one."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _value in node.value:
            name = str(self.construct_object(key, deep=True))  # 1 and "1" are one level
            if name in seen and key.tag != "tag:yaml.org,2002:merge":
                line = key.start_mark.line + 1
                raise BadRubric(_("line %(line)s: %(key)s is there twice") % {"line": line, "key": name[:100]})
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


def read(path: Path) -> RubricFile:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), OnceLoader)  # noqa: S506 a SafeLoader
    except OSError as error:
        raise BadRubric(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadRubric(_("%(file)s: expected UTF-8") % {"file": path}) from error
    except BadRubric as error:
        raise BadRubric(f"{path}: {error}") from error
    except (yaml.YAMLError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise BadRubric(_("%(file)s: neither YAML nor JSON: %(problem)s") % {"file": path, "problem": problem}) from error
    try:
        return parse(data)
    except BadRubric as error:
        raise BadRubric(f"{path}: {error}") from error


def parse(data: Any) -> RubricFile:
    """The content of a rubric file, checked. Raises BadRubric, which names the field."""
    record = mapping(data, _("rubric"), KEYS)
    scale = mapping(record.get("scale"), "scale", {"min", "max"})
    low, high = whole(scale.get("min"), "scale.min"), whole(scale.get("max"), "scale.max")
    if not low < high or high - low > 100:
        raise BadRubric(_("scale: expected min below max, at most 101 levels"))
    overall = mapping(record.get("overall") or {}, "overall", {"method", "min", "max", "rounding"})
    overall_min, overall_max = whole(overall.get("min", 0), "overall.min"), whole(overall.get("max", high), "overall.max")
    if not overall_min < overall_max:
        raise BadRubric(_("overall: expected min below max"))
    records = record.get("criteria")
    if not isinstance(records, list) or not records:
        raise BadRubric(_("criteria: expected a list with at least one criterion"))
    criteria = tuple(criterion(item, f"criteria[{number}]", low, high) for number, item in enumerate(records, 1))
    keys = [item.key for item in criteria]
    if len(set(keys)) < len(keys):
        raise BadRubric(_("criteria: two have the same key"))
    if all(item.kind == Criterion.Kind.PENALTY for item in criteria):
        raise BadRubric(_("criteria: expected at least one that is rated"))
    shows = record.get("shows_correct_answer", False)
    if not isinstance(shows, bool):
        raise BadRubric(_("shows_correct_answer: expected true or false"))
    return RubricFile(
        slug=slug(record.get("slug"), "slug"),
        title=text(record.get("title"), "title", 200),
        category=slug(record.get("category"), "category"),
        scale_min=low,
        scale_max=high,
        overall_method=one_of(overall.get("method", "weighted_mean"), "overall.method", Rubric.Overall.values),
        overall_min=overall_min,
        overall_max=overall_max,
        rounding=one_of(overall.get("rounding", "half_up"), "overall.rounding", Rubric.Rounding.values),
        shows_correct_answer=shows,
        guidance=text(record.get("guidance", ""), "guidance", 20_000, empty=True),
        criteria=criteria,
    )


def criterion(data: Any, field: str, low: int, high: int) -> CriterionFile:
    record = mapping(data, field, CRITERION_KEYS)
    kind = one_of(record.get("kind", "rated"), f"{field}.kind", Criterion.Kind.values)
    rated = kind == Criterion.Kind.RATED
    for key in {"points"} if rated else {"weight", "na", "levels"}:
        if key in record:
            raise BadRubric(_("%(field)s: not for a criterion that is %(kind)s") % {"field": f"{field}.{key}", "kind": kind})
    key = text(record.get("key"), f"{field}.key", 100)
    if key.replace("_", "-") != slugify(key.replace("_", "-")) or key in ("overall", "na"):
        raise BadRubric(_("%(field)s: expected small letters, digits and underscores") % {"field": f"{field}.key"})
    return CriterionFile(
        key=key,
        kind=kind,
        title=text(record.get("title"), f"{field}.title", 200),
        description=text(record.get("description", ""), f"{field}.description", 5_000, empty=True),
        weight=positive(record.get("weight", 1), f"{field}.weight") if rated else None,
        points=None if rated else positive(record.get("points"), f"{field}.points"),
        na=one_of(record.get("na", "never"), f"{field}.na", Criterion.NotApplicable.values),
        levels=levels(record.get("levels"), f"{field}.levels", low, high) if rated else {},
    )


def levels(data: Any, field: str, low: int, high: int) -> dict[int, tuple[str, str]]:
    if not isinstance(data, dict) or {str(key) for key in data} != {str(value) for value in range(low, high + 1)}:
        raise BadRubric(
            _("%(field)s: expected a descriptor for each level from %(low)s to %(high)s")
            % {"field": field, "low": low, "high": high}
        )
    result = {}
    for value, content in data.items():
        place = f"{field}.{value}"
        if isinstance(content, dict):
            parts = mapping(content, place, {"label", "descriptor"})
            label = text(parts.get("label", ""), f"{place}.label", 100, empty=True)
            result[int(value)] = (label, text(parts.get("descriptor"), f"{place}.descriptor", 5_000))
        else:
            result[int(value)] = ("", text(content, place, 5_000))
    return dict(sorted(result.items()))


def mapping(value: Any, field: str, keys: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadRubric(_("%(field)s: expected keys with values") % {"field": field})
    if unknown := sorted(str(key) for key in set(value) - keys):
        raise BadRubric(
            _("%(field)s: unknown %(keys)s; expected %(known)s")
            % {"field": field, "keys": ", ".join(unknown), "known": ", ".join(sorted(keys))}
        )
    return value


def text(value: Any, field: str, longest: int, *, empty: bool = False) -> str:
    if not isinstance(value, str) or len(value) > longest or "\0" in value or not (empty or value.strip()):
        raise BadRubric(_("%(field)s: expected a text of at most %(longest)s characters") % {"field": field, "longest": longest})
    return value.strip()


def slug(value: Any, field: str) -> str:
    name = text(value, field, 100)
    if name != slugify(name):
        raise BadRubric(_("%(field)s: expected small letters, digits and hyphens") % {"field": field})
    return name


def whole(value: Any, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 1000:
        raise BadRubric(_("%(field)s: expected a whole number") % {"field": field})
    return value


def positive(value: Any, field: str) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 < value <= 10_000 or round(Decimal(str(value)), 3) != Decimal(str(value)):
        raise BadRubric(_("%(field)s: expected a number above 0, to three decimals") % {"field": field})
    return format(Decimal(str(value)).normalize(), "f")


def one_of(value: Any, field: str, choices: list[str]) -> str:
    if value not in choices:
        raise BadRubric(_("%(field)s: expected one of %(known)s") % {"field": field, "known": ", ".join(choices)})
    return str(value)
