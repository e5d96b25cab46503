"""Checks the records of an item file, and names each fault. Knows nothing of the database."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from annotation.errors import Fault, collecting, raise_all
from annotation.fields import is_empty, is_whole, language_tag
from annotation.importers.values import checked_text, read_name, read_name_or_none
from annotation.limits import LONGEST_ADDRESS, LONGEST_BLOCK, LONGEST_CONTENT, LONGEST_PATH, MOST_BLOCKS

DEEPEST = 100
KEYS = {
    "id", "question", "answer", "model", "gt_answer", "category", "field", "subfield", "language", "metadata", "source",
    "sample", "references",
}  # fmt: skip
CATEGORY_IN_ID = {
    "SA": "situational-analysis",
    "PBL": "project-based-learning",
    "MSR": "multi-step-reasoning",
}

NO_PART = re.compile(r"[\W_]+")
NUMBER_BEHIND = re.compile(r"[0-9]+$")
LEVEL = re.compile(r"-?[0-9]{1,3}")

Blocks = list[dict[str, str | None]]


@dataclass(frozen=True)
class Reference:
    level: int
    blocks: Blocks
    profile: dict[str, int] | None


@dataclass(frozen=True)
class Record:
    """One response with its query; images are still named by their path."""

    number: int
    id: str
    category: str
    field: str
    subfield: str
    language: str
    source: str
    question: Blocks
    correct_answer: Blocks | None
    references: tuple[Reference, ...]
    system: str
    sample: int
    answer: Blocks
    metadata: dict[str, Any]


def image_paths(record: Record) -> Iterator[str]:
    """The path of each image that the record names, in any of its parts that could be read."""
    references = [reference.blocks for reference in record.references or ()]
    parts = (record.question, record.correct_answer, record.answer, *references)
    return (block["image"] for blocks in parts for block in blocks or [] if block["image"])


def read_record(number: int, data: Any, faults: list[Fault]) -> Record | None:
    """The record, with everything that is wrong with it added to `faults`: then the fields with a fault are None. So is the whole
    record where it has no fields."""
    if isinstance(data, Fault):
        faults.append(data)
        return None
    if not isinstance(data, dict):
        faults.append(Fault("record", _("expected keys with values"), data))
        return None
    if unknown := sorted(set(data) - KEYS):
        expected = _("unknown; expected %(known)s") % {"known": ", ".join(sorted(KEYS))}
        faults.append(Fault(unknown[0][:100], expected, data[unknown[0]]))

    def take(field: str, read: Callable[[Any, str], Any], *default: Any) -> Any:
        """The field's value as `read` makes it; None where that raises a Fault, which is added to the others."""
        with collecting(faults):
            if field not in data:
                if default:
                    return default[0]
                raise Fault(field, _("missing"))
            return read(data[field], field)
        return None

    identity = take("id", read_name)
    category = take("category", read_category, None)
    return Record(
        number=number,
        id=identity,
        category=category or category_in(identity or ""),
        field=take("field", read_name_or_none, ""),
        subfield=take("subfield", read_name_or_none, ""),
        language=take("language", read_language, ""),
        source=take("source", read_address, ""),
        question=take("question", read_blocks),
        correct_answer=take("gt_answer", answer_blocks, None),
        references=take("references", read_references, ()),
        system=take("model", read_name),
        sample=take("sample", read_sample, 0),
        answer=take("answer", answer_blocks),
        metadata=take("metadata", read_metadata, {}),
    )


def category_in(identity: str) -> str:
    """The one category that the id names; empty where it names none, or several."""
    named = categories_in(identity)
    return named[0] if len(named) == 1 else ""


def categories_in(identity: str) -> list[str]:
    """Those that a whole part of the id names, in whatever case: PBL-7 and pbl_7 and PBL7, but neither SAT-7 nor SA1B."""
    parts = (NUMBER_BEHIND.sub("", part).upper() for part in NO_PART.split(identity))
    return sorted({CATEGORY_IN_ID[part] for part in parts if part in CATEGORY_IN_ID})


def read_category(value: Any, field: str) -> str:
    text = read_name_or_none(value, field)
    slug = slugify(text)[:100]
    if text.strip() and not slug:
        raise Fault(field, _("expected a name with Latin letters or digits"), value)
    return slug


def read_language(value: Any, field: str) -> str:
    text = read_name_or_none(value, field)
    if is_empty(text):
        return ""
    tag = language_tag(text)
    if tag is None:
        raise Fault(field, _("expected the tag of a language, such as en, fr or zh-Hans"), value)
    return tag


def read_address(value: Any, field: str) -> str:
    return "" if value is None else checked_text(value, field, LONGEST_ADDRESS)


def read_sample(value: Any, field: str) -> int:
    if not is_whole(value) or not 0 <= value < 2**31:
        found = json.dumps(value) if isinstance(value, str) else value  # so that "1" is not taken for 1
        raise Fault(field, _("expected a whole number from 0"), found)
    return value


def read_metadata(value: Any, field: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Fault(field, _("expected keys with values"), value)
    check_tree(value, field)
    return value


def check_tree(value: Any, field: str) -> None:
    """Check what a database and Python's own JSON cannot hold: NUL, and more than DEEPEST levels. Raises Fault."""
    level = [value]
    for _depth in range(DEEPEST):
        below: list[Any] = []
        for node in level:
            if isinstance(node, dict):
                below += [*node.keys(), *node.values()]
            elif isinstance(node, list):
                below += node
            elif isinstance(node, str) and "\0" in node:
                raise Fault(field, _("a NUL character cannot be stored"), node)
        level = below
    if level:
        raise Fault(field, _("expected at most %(most)s levels") % {"most": DEEPEST}, value)


def read_blocks(value: Any, field: str) -> Blocks:
    """The blocks; those without text and image are left out, so [{"text": null, "image": null}] is an empty list."""
    if not isinstance(value, list):
        raise Fault(field, _("expected a list of blocks"), value)
    if len(value) > MOST_BLOCKS:
        told = {"most": f"{MOST_BLOCKS:,}", "number": f"{len(value):,}"}
        error = _("expected at most %(most)s blocks, not %(number)s")
        raise Fault(field, error % told, value, kind=error)
    blocks: Blocks = []
    faults: list[Fault] = []
    for number, block in enumerate(value):
        with collecting(faults):
            text, image = read_block(block, f"{field}[{number}]")
            if text or image:
                blocks.append({"text": text or None, "image": image})
    raise_all(faults)
    length = sum(len(block["text"] or "") for block in blocks)
    if length > LONGEST_CONTENT:
        told = {"longest": f"{LONGEST_CONTENT:,}", "length": f"{length:,}"}
        error = _("expected at most %(longest)s characters in all blocks, not %(length)s")
        raise Fault(field, error % told, value, kind=error)
    return blocks


def read_block(block: Any, where: str) -> tuple[str | None, str | None]:
    """Its text and its image."""
    if not isinstance(block, dict) or set(block) - {"text", "image"}:
        raise Fault(where, _('expected {"text": …, "image": …}'), block)
    text, image = block.get("text"), block.get("image")
    faults: list[Fault] = []
    with collecting(faults):
        text = None if text is None else checked_text(text, f"{where}.text", LONGEST_BLOCK)
    with collecting(faults):
        image = None if image is None else checked_text(image, f"{where}.image", LONGEST_PATH)
        if image is not None and is_empty(image):
            raise Fault(f"{where}.image", _("expected a path, or null"), image)
    raise_all(faults)
    return text, image


def answer_blocks(value: Any, field: str) -> Blocks:
    """As read_blocks; a plain text is one block, null none."""
    if value is None:
        return []
    if isinstance(value, str):
        return read_blocks([{"text": value}], field)
    return read_blocks(value, field)


def read_references(value: Any, field: str) -> tuple[Reference, ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise Fault(field, _("expected levels with blocks"), value)
    references: list[Reference] = []
    faults: list[Fault] = []
    for level, answer in value.items():
        with collecting(faults):
            where = f"{field}.{level}"
            if not LEVEL.fullmatch(level):
                raise Fault(f"{field}.{level[:100]}", _("expected a level of the scale"), level)
            if any(reference.level == int(level) for reference in references):  # 1 and 01 are one level
                raise Fault(where, _("there twice"), level)
            references.append(read_reference(int(level), answer, where))
    raise_all(faults)
    return tuple(sorted(references, key=lambda reference: reference.level))


def read_reference(level: int, answer: Any, where: str) -> Reference:
    if not isinstance(answer, dict):
        return Reference(level, answer_blocks(answer, where), None)
    if set(answer) - {"blocks", "profile"} or "blocks" not in answer:
        raise Fault(where, _('expected blocks, or {"blocks": …, "profile": …}'), answer)
    profile = read_profile(answer.get("profile"), f"{where}.profile")
    return Reference(level, answer_blocks(answer["blocks"], where), profile)


def read_profile(value: Any, field: str) -> dict[str, int] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not all(map(is_whole, value.values())):
        raise Fault(field, _("expected a level per criterion"), value)
    return dict(sorted(value.items()))


def faults_of_profile(
    profile: Mapping[str, int] | None, criteria: Collection[str], scale: tuple[int, int], field: str
) -> Iterator[Fault]:
    """Of each key that is no rated criterion of the rubric, and each level outside its scale."""
    low, high = scale
    for key, level in (profile or {}).items():
        if key not in criteria:
            expected = _("expected one of %(keys)s") % {"keys": ", ".join(sorted(criteria))}
            yield Fault(f"{field}.{key[:100]}", expected, key)
        elif not low <= level <= high:
            yield Fault(f"{field}.{key}", _("expected a level from %(low)s to %(high)s") % {"low": low, "high": high}, level)
