"""Turns records of other tools, Label Studio's and Argilla's exports and tables, into item records.

Columns map each of our keys to columns of the file, as in {"question": ["prompt", "image:picture"], "model": ["model_name"]}.
Without any, columns of our keys' names are taken. The records are checked later, as our own are.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import Fault, Refused
from annotation.fields import whole_number
from annotation.importers.items import LEVEL
from annotation.importers.tables import form
from annotation.importers.values import SHORTENED
from annotation.importers.values import as_text as name_as_text

TEXTS = ("id", "model", "category", "field", "subfield", "language", "source")
NAMES = ("id", "model")  # a number with a point is none: its zeros are not what was written
BLOCKS = ("question", "answer", "gt_answer")
IMAGE = "image:"
# where Label Studio serves files from: below data/, behind the server's address or prefix, or both
SERVED = re.compile(
    r"(?:https?://[^/?#]+)?(?:/[^?#]*?)?/data/(?:local-files/\?(?:[^#]*?&)?d=(?P<local>.+)|(?P<path>upload/.+))"
    r"|/data/(?P<other>.+)",
    re.DOTALL,
)
Columns = Mapping[str, list[str]]
Layout = Callable[[Any], Any]  # from a record of the file to one of ours, or a Fault


def sixpoint(record: Any) -> Any:
    """A record of our own format, as it is."""
    return record


def label_studio(record: Any) -> Any:
    """The task's data, with the task's id where the data has none."""
    if not isinstance(record, dict) or not isinstance(record.get("data"), dict):
        return Fault("data", _("expected the data of a Label Studio task"), record)
    return {"id": record.get("id")} | record["data"]


def local_path(value: Any) -> Any:
    """/data/upload/3/a.png is upload/3/a.png, and /data/local-files/?d=a.png is a.png, beside the file; also in the address of a
    server, or of one that has a prefix. A path is taken as it is written, to its end: names have + # & % ? in them."""
    match = SERVED.match(value) if isinstance(value, str) else None
    return match["local"] or match["path"] or match["other"] if match else value


def argilla(record: Any) -> Any:
    """The record's fields and metadata; a flat record as it is."""
    if not isinstance(record, dict):
        return Fault("record", _("expected keys with values"), record)
    fields, metadata = record.get("fields"), record.get("metadata")
    if fields is None:
        return record
    if not isinstance(fields, dict) or not isinstance(metadata or {}, dict):
        return Fault("fields", _("expected the fields of an Argilla record"), fields)
    return {"id": record.get("external_id") or record.get("id")} | (metadata or {}) | fields


def table(record: Any) -> Any:
    """A row, with None for an empty cell; columns that have our keys' names in other letters get these."""
    if not isinstance(record, dict):
        return Fault("record", _("expected keys with values"), record)
    return {our_key(name, record): value if value != "" else None for name, value in record.items()}


def our_key(name: str, record: Mapping[str, Any]) -> str:
    key = form(name)
    return key if key in (*TEXTS, *BLOCKS, "sample") and key not in record else name


TOOLS: dict[str, Callable[[Any], Any]] = {"sixpoint": sixpoint, "label-studio": label_studio, "argilla": argilla, "csv": table}


def layout(name: str, columns: Columns) -> Layout:
    """The function that turns a record of the named tool into one of ours. Raises Refused."""
    if name not in TOOLS:
        raise Refused(_("format: expected one of %(known)s") % {"known": ", ".join(TOOLS)})
    if name == "sixpoint":
        if columns:
            raise Refused(_("columns: Sixpoint's own format has none to choose"))
        return sixpoint
    for key in columns:
        if key not in (*TEXTS, *BLOCKS, "sample", "metadata") and not is_reference(key):
            keys = ", ".join((*TEXTS, *BLOCKS, "sample", "metadata", "references.LEVEL"))
            raise Refused(_("columns: %(key)s is unknown; expected %(known)s") % {"key": key, "known": keys})

    def read(record: Any) -> Any:
        values = TOOLS[name](record)
        if name == "csv" and isinstance(values, dict) and (fault := shortened_id(values, columns)):
            return fault
        path = local_path if name == "label-studio" else as_is
        return values if isinstance(values, Fault) else missing_column(values, columns) or item_record(values, columns, path)

    return read


def shortened_id(values: Mapping[str, Any], columns: Columns) -> Fault | None:
    """A Fault for an id such as 3.01E+05, which a spreadsheet has made of a longer number."""
    identity = values.get(columns.get("id", ["id"])[0])
    if isinstance(identity, str) and SHORTENED.fullmatch(identity):
        error = _("a spreadsheet has shortened this number: expected the id as it was, in a column of texts")
        return Fault("id", error, identity)
    return None


def read_columns(lines: list[str]) -> Columns:
    """Columns from lines such as "question=prompt,image:picture". Raises Refused."""
    columns: dict[str, list[str]] = {}
    for line in lines:
        key, equals, names = (part.strip() for part in line.partition("="))
        of_key = [name.strip() for name in names.split(",") if name.strip()]
        if not equals or not of_key or key in columns or "=" in names or "\0" in line:
            raise Refused(
                _("columns: expected a line each, such as question=prompt,image:picture, not %(line)r") % {"line": line[:200]}
            )
        columns[key] = of_key
    return columns


def is_reference(key: str) -> bool:
    return key.startswith("references.") and LEVEL.fullmatch(key.removeprefix("references.")) is not None


def missing_column(values: Mapping[str, Any], columns: Columns) -> Fault | None:
    """A Fault where the record has none of the columns that a key is to come from: they may be misspelt."""
    for key, names in columns.items():
        if not any(name.removeprefix(IMAGE) in values for name in names):
            present = ", ".join(sorted(values))[:500]
            told = {"names": ", ".join(names), "there": present}
            return Fault(key, _("there is no %(names)s; expected one of %(there)s") % told)
    return None


def as_is(value: Any) -> Any:
    return value


def item_record(values: Mapping[str, Any], columns: Columns, path: Callable[[Any], Any] = as_is) -> dict[str, Any]:
    """Our record, from the values in the columns; `path` reads the image's."""
    columns = columns or {key: [key] for key in (*TEXTS, *BLOCKS, "sample") if values.get(key) is not None}
    record: dict[str, Any] = {}
    for key, names in columns.items():
        if key in BLOCKS:
            record[key] = blocks(values, names, path)
        elif is_reference(key):
            record.setdefault("references", {})[key.removeprefix("references.")] = blocks(values, names, path)
        elif key == "metadata":
            record[key] = {name: values[name] for name in names if values.get(name) is not None}
        elif values.get(names[0]) is not None:
            value = values[names[0]]
            record[key] = as_number(value) if key == "sample" else name_as_text(value) if key in NAMES else as_text(value)
    return record


def blocks(values: Mapping[str, Any], names: list[str], path: Callable[[Any], Any]) -> list[Any]:
    """A block per column, or one per element of a list; values that are blocks already stay as they are."""
    made: list[Any] = []
    for name in names:
        column = name.removeprefix(IMAGE)
        is_image = name.startswith(IMAGE)
        value = values.get(column)
        for element in value if isinstance(value, list) else [value]:
            if isinstance(element, dict):
                made.append(element | {"image": path(element["image"])} if "image" in element else element)
            elif element is not None:
                made.append({"image": path(element)} if is_image else {"text": as_text(element)})
    return made


def as_text(value: Any) -> Any:
    """A number as a text: other tools' ids and categories may be numbers. Anything else as it is."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def as_number(value: Any) -> Any:
    """The whole number that a text writes. Anything else as it is."""
    number = whole_number(value, digits=11) if isinstance(value, str) else None
    return value if number is None else number
