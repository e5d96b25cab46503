"""Reads an item file into records that are whole and checked, naming each fault. Knows nothing of the database."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from django.utils.text import slugify
from django.utils.translation import gettext as _

from annotation.flow.errors import Refused, Rejection

LONGEST_TEXT = 100_000
KEYS = {
    "id", "question", "answer", "model", "gt_answer", "category", "field", "subfield", "metadata", "source", "sample",
    "references",
}  # fmt: skip
CATEGORY_IN_ID = {
    "SA": "situational-analysis",
    "PBL": "project-based-learning",
    "MSR": "multi-step-reasoning",
}

Blocks = list[dict[str, str | None]]


class Fault(Exception):
    """One field of one record is not as expected."""

    def __init__(self, field: str, error: str) -> None:
        super().__init__(error)
        self.field = field
        self.error = error


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
    source: str
    question: Blocks
    correct_answer: Blocks | None
    references: tuple[Reference, ...]
    system: str
    sample: int
    answer: Blocks
    metadata: dict[str, Any]


def read(path: Path) -> list[Any]:
    """The records of a file as they stand. Raises Refused when it is not a JSON list."""
    try:
        data = orjson.loads(path.read_bytes())
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise Refused(_("%(file)s: not JSON: %(problem)s") % {"file": path, "problem": error}) from error
    if not isinstance(data, list):
        raise Refused(_("%(file)s: expected a list of records") % {"file": path})
    return data


def parse(raw: list[Any]) -> tuple[list[Record], list[Rejection]]:
    """The records that are sound in themselves, and every fault of the others."""
    records, rejections = [], []
    for number, data in enumerate(raw, 1):
        faults: list[Fault] = []
        record = parse_record(number, data, faults)
        rejections += [Rejection(number, fault.field, fault.error) for fault in faults]
        if record and not faults:
            records.append(record)
    return records, rejections


def parse_record(number: int, data: Any, faults: list[Fault]) -> Record | None:
    if not isinstance(data, dict):
        faults.append(Fault("record", _("expected keys with values")))
        return None
    if unknown := sorted(set(data) - KEYS):
        faults.append(Fault(unknown[0], _("unknown; expected %(known)s") % {"known": ", ".join(sorted(KEYS))}))

    def take(field: str, read: Callable[[Any, str], Any], *default: Any) -> Any:
        """The field's value as `read` makes it; a fault is noted, and reading goes on."""
        try:
            if field not in data:
                if default:
                    return default[0]
                raise Fault(field, _("missing"))
            return read(data[field], field)
        except Fault as fault:
            faults.append(fault)
            return None

    identity = take("id", short_text)
    category = take("category", read_category, None)
    return Record(
        number=number,
        id=identity,
        category=category or category_in(identity or ""),
        field=take("field", short_text_or_empty, ""),
        subfield=take("subfield", short_text_or_empty, ""),
        source=take("source", address, ""),
        question=take("question", read_blocks),
        correct_answer=take("gt_answer", answer_blocks, None),
        references=take("references", read_references, ()),
        system=take("model", short_text),
        sample=take("sample", read_sample, 0),
        answer=take("answer", answer_blocks),
        metadata=take("metadata", read_metadata, {}),
    )


def category_in(identity: str) -> str:
    return next((category for part, category in CATEGORY_IN_ID.items() if part in identity), "")


def read_category(value: Any, field: str) -> str:
    return slugify(short_text_or_empty(value, field))[:100]


def clean(value: Any, field: str, longest: int) -> str:
    if not isinstance(value, str):
        raise Fault(field, _("expected a text"))
    if "\0" in value:
        raise Fault(field, _("a NUL character cannot be stored"))
    if len(value) > longest:
        raise Fault(
            field,
            _("expected at most %(longest)s characters, not %(length)s")
            % {"longest": f"{longest:,}", "length": f"{len(value):,}"},
        )
    return value


def short_text(value: Any, field: str) -> str:
    if not clean(value, field, 200).strip():
        raise Fault(field, _("expected a text that is not empty"))
    return str(value)


def short_text_or_empty(value: Any, field: str) -> str:
    return "" if value is None else clean(value, field, 200)


def address(value: Any, field: str) -> str:
    return "" if value is None else clean(value, field, 2000)


def read_sample(value: Any, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise Fault(field, _("expected a whole number from 0"))
    return value


def read_metadata(value: Any, field: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Fault(field, _("expected keys with values"))
    if "\\u0000" in orjson.dumps(value).decode():
        raise Fault(field, _("a NUL character cannot be stored"))
    return value


def read_blocks(value: Any, field: str) -> Blocks:
    """The blocks; those without text and image are left out, so [{"text": null, "image": null}] is an empty list."""
    if not isinstance(value, list):
        raise Fault(field, _("expected a list of blocks"))
    found: Blocks = []
    for number, block in enumerate(value):
        where = f"{field}[{number}]"
        if not isinstance(block, dict) or set(block) - {"text", "image"}:
            raise Fault(where, _('expected {"text": …, "image": …}'))
        text, image = block.get("text"), block.get("image")
        text = None if text is None else clean(text, f"{where}.text", LONGEST_TEXT)
        image = None if image is None else clean(image, f"{where}.image", 1000)
        if image is not None and not image.strip():
            raise Fault(f"{where}.image", _("expected a path, or null"))
        if text or image:
            found.append({"text": text or None, "image": image})
    return found


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
        raise Fault(field, _("expected levels with blocks"))
    found = []
    for level, given in value.items():
        where = f"{field}.{level}"
        if not level.lstrip("-").isdecimal() or len(level) > 4:
            raise Fault(where, _("expected a level of the scale"))
        profile = None
        if isinstance(given, dict):
            if set(given) - {"blocks", "profile"} or "blocks" not in given:
                raise Fault(where, _('expected blocks, or {"blocks": …, "profile": …}'))
            profile, given = read_profile(given.get("profile"), f"{where}.profile"), given["blocks"]
        found.append(Reference(int(level), answer_blocks(given, where), profile))
    return tuple(sorted(found, key=lambda reference: reference.level))


def read_profile(value: Any, field: str) -> dict[str, int] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or any(not isinstance(level, int) or isinstance(level, bool) for level in value.values()):
        raise Fault(field, _("expected a level per criterion"))
    return dict(sorted(value.items()))
