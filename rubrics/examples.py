"""Reads the examples of a criterion's levels: each a text, or {"text": …, "image": …} with the SHA-256 of an uploaded image."""

import re
from typing import Any

from django.utils.translation import gettext as _

from rubrics.checks import Faults, bad_field, mapping, text
from rubrics.pictures import HASH

LEVEL = re.compile(r"-?[0-9]{1,4}")
LONGEST = 5_000


def parts(example: Any) -> tuple[Any, Any]:
    """Text and image."""
    return (example.get("text"), example.get("image")) if isinstance(example, dict) else (example, None)


def joined(words: str | None, image: str | None) -> Any:
    """The example of this text and image, either of which may be missing."""
    return ({"text": words} if words else {}) | {"image": image} if image else words


def read_examples(data: Any, field: str) -> tuple[dict[int, str], dict[int, str]]:
    """Texts, and hashes of images, of the levels of a criterion; what is no level has none. Raises BadRubric."""
    faults, texts, images = Faults(), {}, {}
    for value, content in data.items() if isinstance(data, dict) else ():
        example, place = content.get("example") if isinstance(content, dict) else None, f"{field}.{value}.example"
        if isinstance(example, dict):
            faults.check(mapping, example, place, {"text", "image"})
        words, image = parts(example)
        if words is not None:
            texts[value] = faults.check(text, words, place, LONGEST, empty=True)
        if image is not None:
            images[value] = faults.check(read_hash, image, f"{place}.image")
    faults.settle()
    return by_level(texts), by_level(images)


def by_level(found: dict[Any, str]) -> dict[int, str]:
    return {int(value): found[value] for value in sorted(found, key=str) if found[value] and LEVEL.fullmatch(str(value))}


def read_hash(value: Any, field: str) -> str:
    if not isinstance(value, str) or not HASH.fullmatch(value):
        raise bad_field(field, _("%(field)s: expected the SHA-256 of an image that was uploaded") % {"field": field})
    return value
