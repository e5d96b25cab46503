"""Reads a rubric file, YAML or JSON, and writes one. A refusal names each field that is wrong.

`parse` is the one reader of a rubric's content: of a file, of what the page posts and of what the API takes.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rubrics import packages
from rubrics.checks import BadRubric, Faults, bad_field, mapping, one_of, positive, slug, text, whole
from rubrics.examples import joined, read_examples
from rubrics.models import Criterion, Rubric
from rubrics.pictures import Picture, ReadFile, with_hashes
from rubrics.translations import Translations, read_translations

KEYS = {"slug", "title", "category", "scale", "overall", "guidance", "criteria", "shows_correct_answer", "translations"}
CRITERION_KEYS = {"key", "kind", "title", "description", "weight", "points", "na", "levels"}


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
    examples: dict[int, str] = field(default_factory=dict)  # of the levels that have one
    example_images: dict[int, str] = field(default_factory=dict)  # hashes


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
    translations: Translations = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict, compare=False, repr=False)  # that came with the file, by hash

    def canonical(self) -> dict[str, Any]:
        """What the hash is of: without translations and examples the same as before there were any."""
        content = {key: value for key, value in self.fields().items() if key != "translations" or value}
        new = {"examples", "example_images"}
        criteria = [{key: value for key, value in item.items() if key not in new or value} for item in content["criteria"]]
        return content | {"criteria": criteria}

    def fields(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(replace(self, pictures={})).items() if key != "pictures"}

    def rubric_fields(self) -> dict[str, Any]:
        return {key: value for key, value in self.fields().items() if key != "criteria"} | {
            "translations": self.translations or None
        }


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
    """A file whose images are in its folder or below, or a .zip with both. Raises BadRubric."""
    try:
        return read_bytes(path.read_bytes(), packages.in_folder(path.parent))
    except OSError as error:
        raise BadRubric(f"{path}: {error.strerror}") from error
    except BadRubric as error:
        raise BadRubric(f"{path}: {error}", error.fields) from error


def read_bytes(content: bytes, read_file: ReadFile = lambda _path: None) -> RubricFile:
    """The content of a rubric file, or of a .zip with one and its images. Raises BadRubric."""
    if packages.is_zip(content):
        content, read_file = packages.opened(content)
    try:
        data, pictures = with_hashes(loaded(content.decode()), read_file)
        return replace(parse(data), pictures=pictures)
    except UnicodeDecodeError as error:
        raise BadRubric(_("expected UTF-8")) from error


def loaded(text: str, field: str = "") -> Any:
    """What the YAML or JSON holds. Raises BadRubric, of the field where it is one."""
    try:
        return yaml.load(text, OnceLoader)  # noqa: S506 a SafeLoader
    except BadRubric as error:
        raise (bad_field(field, f"{field}: {error}") if field else error) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:  # ValueError: a date that is none
        problem = _("neither YAML nor JSON: %(problem)s") % {"problem": " ".join(str(error).split())}
        raise (bad_field(field, f"{field}: {problem}") if field else BadRubric(problem)) from error


def dump(content: RubricFile) -> str:
    """The file of a rubric: read again, it has the same content."""
    return dumped(record_of(content))


def dumped(record: Any) -> str:
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=120)


def record_of(content: RubricFile) -> dict[str, Any]:
    """The content as `parse` takes it, with all defaults."""
    return {
        "slug": content.slug,
        "title": content.title,
        "category": content.category,
        "scale": {"min": content.scale_min, "max": content.scale_max},
        "overall": {
            "method": content.overall_method,
            "min": content.overall_min,
            "max": content.overall_max,
            "rounding": content.rounding,
        },
        "shows_correct_answer": content.shows_correct_answer,
        "guidance": content.guidance,
        "criteria": [criterion_record(item) for item in content.criteria],
    } | ({"translations": content.translations} if content.translations else {})


def criterion_record(content: CriterionFile) -> dict[str, Any]:
    head = {"key": content.key, "kind": content.kind, "title": content.title, "description": content.description}
    if content.kind == Criterion.Kind.PENALTY:
        return head | {"points": number(content.points)}
    levels = {value: {"label": label, "descriptor": descriptor} for value, (label, descriptor) in content.levels.items()}
    for value in sorted({*content.examples, *content.example_images}):
        levels[value]["example"] = joined(content.examples.get(value), content.example_images.get(value))
    return head | {"weight": number(content.weight), "na": content.na, "levels": levels}


def number(value: str | None) -> int | float:
    """Of at most three decimals, which a float holds."""
    parsed = float(value or 0)
    return int(parsed) if parsed.is_integer() else parsed


def parse(data: Any) -> RubricFile:
    """The content of a rubric file, checked. Raises BadRubric, which names every field that is wrong."""
    record, faults = mapping(data, _("rubric"), KEYS), Faults()
    scale = faults.check(read_scale, record.get("scale"))
    content = {
        "slug": faults.check(slug, record.get("slug"), "slug"),
        "title": faults.check(text, record.get("title"), "title", 200),
        "category": faults.check(slug, record.get("category"), "category"),
        "shows_correct_answer": faults.check(truth, record.get("shows_correct_answer", False), "shows_correct_answer"),
        "guidance": faults.check(text, record.get("guidance", ""), "guidance", 20_000, empty=True),
        "criteria": faults.check(read_criteria, record.get("criteria"), scale),
    }
    overall = faults.check(read_overall, record.get("overall") or {}, scale)
    if scale and content["criteria"] and record.get("translations") is not None:
        content["translations"] = faults.check(read_translations, record["translations"], content["criteria"], scale)
    faults.settle()
    return RubricFile(scale_min=scale[0], scale_max=scale[1], **overall, **content)


def read_scale(data: Any) -> tuple[int, int]:
    scale, faults = mapping(data, "scale", {"min", "max"}), Faults()
    low, high = (faults.check(whole, scale.get(end), f"scale.{end}") for end in ("min", "max"))
    faults.settle()
    if not low < high or high - low > 100:
        raise bad_field("scale", _("scale: expected min below max, at most 101 levels"), scale)
    return low, high


def read_overall(data: Any, scale: tuple[int, int] | None) -> dict[str, Any]:
    overall, faults = mapping(data, "overall", {"method", "min", "max", "rounding"}), Faults()
    content = {
        "overall_method": faults.check(one_of, overall.get("method", "weighted_mean"), "overall.method", Rubric.Overall.values),
        "overall_min": faults.check(whole, overall.get("min", 0), "overall.min"),
        "overall_max": faults.check(whole, overall.get("max", scale[1] if scale else 1), "overall.max"),
        "rounding": faults.check(one_of, overall.get("rounding", "half_up"), "overall.rounding", Rubric.Rounding.values),
    }
    faults.settle()
    if scale and not content["overall_min"] < content["overall_max"]:
        raise bad_field("overall", _("overall: expected min below max"), overall)
    return content


def read_criteria(data: Any, scale: tuple[int, int] | None) -> tuple[CriterionFile, ...]:
    """Without their levels where the scale is wrong."""
    if not isinstance(data, list) or not data:
        raise bad_field("criteria", _("criteria: expected a list with at least one criterion"), data)
    faults = Faults()
    criteria = [faults.check(criterion, item, f"criteria[{number}]", scale) for number, item in enumerate(data, 1)]
    faults.settle()
    keys = [item.key for item in criteria]
    if len(set(keys)) < len(keys):
        raise bad_field("criteria", _("criteria: two have the same key"), next(key for key in keys if keys.count(key) > 1))
    if all(item.kind == Criterion.Kind.PENALTY for item in criteria):
        raise bad_field("criteria", _("criteria: expected at least one that is rated"))
    return tuple(criteria)


def truth(value: Any, field: str) -> bool:
    if not isinstance(value, bool):
        raise bad_field(field, _("shows_correct_answer: expected true or false"), value)
    return value


def criterion(data: Any, field: str, scale: tuple[int, int] | None) -> CriterionFile:
    record, faults = mapping(data, field, CRITERION_KEYS), Faults()
    kind = one_of(record.get("kind", "rated"), f"{field}.kind", Criterion.Kind.values)
    rated = kind == Criterion.Kind.RATED
    for name in sorted({"points"} if rated else {"weight", "na", "levels"}):
        if name in record:
            faults.check(refuse_field, f"{field}.{name}", kind)
    content = {
        "key": faults.check(read_key, record.get("key"), f"{field}.key"),
        "title": faults.check(text, record.get("title"), f"{field}.title", 200),
        "description": faults.check(text, record.get("description", ""), f"{field}.description", 5_000, empty=True),
        "weight": faults.check(positive, record.get("weight", 1), f"{field}.weight") if rated else None,
        "points": None if rated else faults.check(positive, record.get("points"), f"{field}.points"),
        "na": faults.check(one_of, record.get("na", "never"), f"{field}.na", Criterion.NotApplicable.values)
        if rated
        else "never",
        "levels": faults.check(levels, record.get("levels"), f"{field}.levels", *scale) if rated and scale else {},
        "examples": {},
        "example_images": {},
    }
    if rated and scale and (found := faults.check(read_examples, record.get("levels"), f"{field}.levels")):
        content["examples"], content["example_images"] = found
    faults.settle()
    return CriterionFile(kind=kind, **content)


def refuse_field(field: str, kind: str) -> None:
    raise bad_field(field, _("%(field)s: not for a criterion that is %(kind)s") % {"field": field, "kind": kind})


def read_key(value: Any, field: str) -> str:
    key = text(value, field, 100)
    if key.replace("_", "-") != slugify(key.replace("_", "-")) or key in ("overall", "na"):
        raise bad_field(field, _("%(field)s: expected small letters, digits and underscores") % {"field": field}, value)
    return key


def levels(data: Any, field: str, low: int, high: int) -> dict[int, tuple[str, str]]:
    if not isinstance(data, dict) or {str(key) for key in data} != {str(value) for value in range(low, high + 1)}:
        raise bad_field(
            field,
            _("%(field)s: expected a descriptor for each level from %(low)s to %(high)s")
            % {"field": field, "low": low, "high": high},
            data,
        )
    faults = Faults()
    result = {int(value): faults.check(level, content, f"{field}.{value}") for value, content in data.items()}
    faults.settle()
    return dict(sorted(result.items()))


def level(content: Any, field: str) -> tuple[str, str]:
    """Label and descriptor."""
    if not isinstance(content, dict):
        return "", text(content, field, 5_000)
    parts, faults = mapping(content, field, {"label", "descriptor", "example"}), Faults()
    label = faults.check(text, parts.get("label", ""), f"{field}.label", 100, empty=True)
    descriptor = faults.check(text, parts.get("descriptor"), f"{field}.descriptor", 5_000)
    faults.settle()
    return label, descriptor
