"""A rubric as a form: from a record to fields and from what was posted to a record, which the one reader then checks.

A record is what a rubric file holds (`yaml.parse`); here its values may be whatever somebody typed. A field is named as the
reader names it in a fault, as in criteria[1].levels.3.descriptor, so that each fault stands at its field.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rubrics.examples import joined, parts
from rubrics.models import Criterion
from rubrics.yaml import dumped, loaded

MOST_CRITERIA = 100  # in one form
WHOLE = re.compile(r"-?[0-9]{1,9}")
DECIMAL = re.compile(r"[0-9]{1,9}[.,][0-9]{1,9}")
HEAD = ("slug", "title", "category", "guidance", "scale.min", "scale.max")
OVERALL = ("overall.method", "overall.min", "overall.max", "overall.rounding")
OF_ALL, OF_RATED, OF_PENALTY = ("key", "title", "description"), ("weight", "na"), ("points",)


@dataclass(frozen=True)
class Field:
    name: str
    value: str
    fault: str = ""


@dataclass(frozen=True)
class LevelFields:
    value: int
    label: Field
    descriptor: Field
    example: Field
    image: Field  # of the example: its hash


@dataclass(frozen=True)
class CriterionFields:
    number: int
    name: str  # as in criteria[1]
    kind: str
    fields: dict[str, Field]
    levels: list[LevelFields] = field(default_factory=list)
    fault: str = ""
    upload_fault: str = ""  # of an image that was uploaded for an example

    @property
    def is_rated(self) -> bool:
        return self.kind == Criterion.Kind.RATED


@dataclass(frozen=True)
class RubricForm:
    fields: dict[str, Field]  # "scale.min" as "scale_min": a template reads no dots
    shows_correct_answer: bool
    criteria: list[CriterionFields]
    faults: Mapping[str, str]


def blank_record() -> dict[str, Any]:
    """The rubric with which a new one begins: six levels, one criterion."""
    return {"scale": {"min": 1, "max": 6}, "overall": {"min": 0, "max": 6}, "criteria": [blank_criterion()]}


def blank_criterion(kind: str = Criterion.Kind.RATED) -> dict[str, Any]:
    return {"kind": kind, "weight": 1} if kind == Criterion.Kind.RATED else {"kind": kind, "points": 1}


def posted_record(posted: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as a record. Nothing is left out, levels beyond the scale neither, unless they are empty."""
    record: dict[str, Any] = {"scale": {}, "overall": {}}
    for name in (*HEAD, *OVERALL):
        part, _dot, key = name.rpartition(".")
        (record[part] if part else record)[key] = number(typed(posted, name)) if key in ("min", "max") else typed(posted, name)
    record["translations"] = typed(posted, "translations")
    record["shows_correct_answer"] = bool(posted.get("shows_correct_answer"))
    count = number(typed(posted, "criteria"))
    count = count if isinstance(count, int) and 0 <= count <= MOST_CRITERIA else 0
    record["criteria"] = [posted_criterion(posted, f"criteria[{place}]", scale_of(record)) for place in range(1, count + 1)]
    return record


def posted_criterion(posted: Mapping[str, str], name: str, scale: range) -> dict[str, Any]:
    kind = typed(posted, f"{name}.kind")
    criterion: dict[str, Any] = {"kind": kind} | {key: typed(posted, f"{name}.{key}") for key in OF_ALL}
    if kind == Criterion.Kind.PENALTY:
        return criterion | {"points": number(typed(posted, f"{name}.points"))}
    values = re.findall(rf"^{re.escape(name)}\.levels\.(-?[0-9]{{1,4}})\.descriptor$", "\n".join(posted), re.MULTILINE)
    levels = {}
    for value in sorted({*scale, *map(int, values)}):
        level: dict[str, Any] = {key: typed(posted, f"{name}.levels.{value}.{key}") for key in ("label", "descriptor", "example")}
        level["example"] = joined(level["example"], typed(posted, f"{name}.levels.{value}.example.image"))
        if value in scale or any(level.values()):
            levels[value] = level
    weight = number(typed(posted, f"{name}.weight"))
    return criterion | {"weight": weight, "na": typed(posted, f"{name}.na"), "levels": levels}


def typed(posted: Mapping[str, str], name: str) -> str:
    return str(posted.get(name, "")).replace("\r\n", "\n").replace("\0", "")


def number(text: str) -> int | float | str:
    """The number that was typed, with a comma too; else the text, which the reader refuses."""
    text = text.strip()
    if WHOLE.fullmatch(text):
        return int(text)
    return float(text.replace(",", ".")) if DECIMAL.fullmatch(text) else text


def scale_of(record: Mapping[str, Any]) -> range:
    """The levels of the record's scale; none where it is none."""
    low, high = record["scale"].get("min"), record["scale"].get("max")
    is_scale = isinstance(low, int) and isinstance(high, int) and abs(low) <= 1000 and low < high <= low + 100
    return range(low, high + 1) if is_scale else range(0)


def rearranged(record: dict[str, Any], action: str) -> dict[str, Any]:
    """The record after a button's action: add-rated, add-penalty, remove-N, up-N, down-N of criterion N, or clear-N.V, which
    takes away the image of the example of its level V."""
    verb, _dash, what = action.partition("-")
    criteria = list(record["criteria"])
    if verb == "add" and what in Criterion.Kind.values and len(criteria) < MOST_CRITERIA:
        criteria.append(blank_criterion(what))
    if verb == "clear":
        number_of, _dot, value = what.partition(".")
        return with_image(record, number_of, value, "")
    place = int(what) - 1 if WHOLE.fullmatch(what) else -1
    if 0 <= place < len(criteria):
        other = place + {"up": -1, "down": 1}.get(verb, 0)
        if verb == "remove":
            del criteria[place]
        elif 0 <= other < len(criteria):
            criteria[place], criteria[other] = criteria[other], criteria[place]
    return record | {"criteria": criteria}


def with_image(record: dict[str, Any], criterion: str, level: str, image: str) -> dict[str, Any]:
    """The record with another image, or none, in the example of a level; as it is where it has no such level."""
    place = int(criterion) - 1 if WHOLE.fullmatch(criterion) else -1
    levels = record["criteria"][place].get("levels", {}) if 0 <= place < len(record["criteria"]) else {}
    value = int(level) if WHOLE.fullmatch(level) else None
    if value not in levels:
        return record
    changed = levels[value] | {"example": joined(parts(levels[value].get("example"))[0], image)}
    criteria = list(record["criteria"])
    criteria[place] = criteria[place] | {"levels": levels | {value: changed}}
    return record | {"criteria": criteria}


def form_of(record: Mapping[str, Any], faults: Mapping[str, str]) -> RubricForm:
    def fields(names: tuple[str, ...], of: Mapping[str, Any]) -> dict[str, Field]:
        return {name.replace(".", "_"): Field(name, shown(looked_up(of, name)), faults.get(name, "")) for name in names}

    criteria = [
        criterion_fields(criterion, place, scale_of(record), faults) for place, criterion in enumerate(record["criteria"], 1)
    ]
    head = fields((*HEAD, *OVERALL), record) | {"translations": translations_field(record.get("translations"), faults)}
    return RubricForm(head, bool(record.get("shows_correct_answer")), criteria, faults)


def translations_field(value: Any, faults: Mapping[str, str]) -> Field:
    """One field for all translations, as a file has them."""
    text = value if isinstance(value, str) else dumped(value) if value else ""
    own = {name: fault for name, fault in faults.items() if name.partition(".")[0] == "translations"}
    return Field("translations", text, "; ".join(f"{name}: {fault}" for name, fault in own.items()))


def with_translations(record: dict[str, Any]) -> dict[str, Any]:
    """The posted record as the reader takes it: the typed translations read as YAML. Raises BadRubric."""
    text = record["translations"]
    rest = {name: value for name, value in record.items() if name != "translations"}
    return rest | {"translations": loaded(text, "translations")} if text.strip() else rest


def criterion_fields(record: Mapping[str, Any], place: int, scale: range, faults: Mapping[str, str]) -> CriterionFields:
    name, kind = f"criteria[{place}]", record["kind"]

    def of(path: str, value: Any) -> Field:
        return Field(f"{name}.{path}", shown(value), faults.get(f"{name}.{path}", ""))

    fields = {key: of(key, record.get(key)) for key in (*OF_ALL, *(OF_RATED if kind == Criterion.Kind.RATED else OF_PENALTY))}
    levels = record.get("levels", {})
    rows = [
        LevelFields(
            value,
            of(f"levels.{value}.label", levels.get(value, {}).get("label")),
            of(f"levels.{value}.descriptor", levels.get(value, {}).get("descriptor")),
            of(f"levels.{value}.example", parts(levels.get(value, {}).get("example"))[0]),
            of(f"levels.{value}.example.image", parts(levels.get(value, {}).get("example"))[1]),
        )
        for value in (sorted({*scale, *levels}) if kind == Criterion.Kind.RATED else [])
    ]
    fault = faults.get(f"{name}.levels", faults.get(f"{name}.kind", ""))
    return CriterionFields(place, name, kind, fields, rows, fault, faults.get(f"{name}.upload", ""))


def looked_up(record: Mapping[str, Any], name: str) -> Any:
    part, _dot, key = name.rpartition(".")
    return (record.get(part, {}) if part else record).get(key)


def shown(value: Any) -> str:
    return "" if value is None else str(value)
