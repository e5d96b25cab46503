"""Images of levels' examples, as files name them and as they are stored.

In a file an example's image is a path; in the content of a rubric it is the SHA-256 of the image's file. Images are checked by
the function that the settings name, for rubrics know nothing of the rest of the application.
"""

import copy
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from rubrics.checks import Faults, bad_field

LARGEST = 4 * 1024 * 1024  # bytes of one file: it is stored in the database
HASH = re.compile(r"[0-9a-f]{64}")
SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
ReadFile = Callable[[str], bytes | None]  # of the path that a rubric file has; None where there is no such file


@dataclass(frozen=True)
class Picture:
    """`original` is the file as it came, for files again; `shown` has no metadata, for pages."""

    sha256: str
    format: str
    original: bytes
    shown: bytes


def examined(content: bytes, field: str) -> Picture:
    """Raises BadRubric."""
    if len(content) > LARGEST:
        raise bad_field(field, _("%(field)s: expected an image of at most %(most)s MB") % {"field": field, "most": LARGEST >> 20})
    try:
        format, shown = import_string(settings.RUBRIC_IMAGES)(content)
    except ValueError as error:
        raise bad_field(field, f"{field}: {error}") from error
    return Picture(hashlib.sha256(content).hexdigest(), format, content, shown)


def with_hashes(data: Any, read: ReadFile) -> tuple[Any, dict[str, Picture]]:
    """The content of a file with each path of an image replaced by the image's hash, and the images by their hashes.

    What has not the form of a rubric is left as it is: `parse` names it. Raises BadRubric.
    """
    data, faults = copy.deepcopy(data), Faults()
    pictures: dict[str, Picture] = {}
    for field, example in examples_in(data):
        if picture := faults.check(picture_of, example.get("image"), f"{field}.image", read):
            pictures[picture.sha256] = picture
            example["image"] = picture.sha256
    faults.settle()
    return data, pictures


def picture_of(path: Any, field: str, read: ReadFile) -> Picture | None:
    if not isinstance(path, str) or HASH.fullmatch(path):
        return None
    content = read(path)
    if content is None:
        told = {"field": field, "path": path[:200]}
        raise bad_field(field, _("%(field)s: %(path)s is not there: images come in a .zip with the file") % told)
    return examined(content, field)


def with_paths(record: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The record of a rubric with the path of each image in place of its hash."""
    record = copy.deepcopy(record)
    for _field, example in examples_in(record):
        if example.get("image"):
            example["image"] = names[example["image"]]
    return record


def examples_in(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The examples that may have an image, each with its field."""
    criteria = data.get("criteria") if isinstance(data, dict) else None
    for number, criterion in enumerate(criteria if isinstance(criteria, list) else (), 1):
        levels = criterion.get("levels") if isinstance(criterion, dict) else None
        for value, level in levels.items() if isinstance(levels, dict) else ():
            example = level.get("example") if isinstance(level, dict) else None
            if isinstance(example, dict):
                yield f"criteria[{number}].levels.{value}.example", example
