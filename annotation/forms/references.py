"""What a page or a script sends of reference answers: filters, and blocks with their images."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from annotation.access.references import STATES
from annotation.errors import ValidationError, quoted
from annotation.fields import is_whole, whole_number
from annotation.imaging.inspect import LARGEST_FILE
from annotation.limits import MOST_BLOCKS

Blocks = list[dict[str, Any]]
EMPTY = {"text": None, "image": None}


class ReferenceFilters(NamedTuple):
    category: str = ""
    state: str = ""


def reference_filters(asked: Mapping[str, Any]) -> ReferenceFilters:
    """Raises ValidationError."""
    filters = ReferenceFilters(*(str(asked.get(name, "")) for name in ReferenceFilters._fields))
    if filters.state and filters.state not in STATES:
        expected = _("%(text)s: expected one of %(known)s") % {"text": quoted(filters.state), "known": ", ".join(STATES)}
        raise ValidationError({"state": expected})
    if "\0" in filters.category:
        raise ValidationError({"category": _("a NUL character cannot be stored")})
    return filters


def posted_blocks(post: Mapping[str, Any]) -> Blocks:
    """The blocks of the form, in their order, those without text and image too: text-0 and image-0, text-1 …"""
    number = whole_number(str(post.get("blocks", ""))) or 0
    return [
        {
            "text": str(post.get(f"text-{place}", "")).replace("\r\n", "\n") or None,
            "image": str(post.get(f"image-{place}", "")) or None,
        }
        for place in range(min(number, MOST_BLOCKS))
    ]


def posted_profile(post: Mapping[str, Any], criteria: Iterable[str]) -> dict[str, Any]:
    """The level of each criterion that has one: profile-KEY. What is no number stays a text, which is refused then."""
    chosen = {key: str(post.get(f"profile-{key}", "")) for key in criteria}
    numbers = {key: whole_number(text) for key, text in chosen.items()}
    return {key: text if numbers[key] is None else numbers[key] for key, text in chosen.items() if text}


def rearranged(blocks: Blocks, wanted: str) -> Blocks:
    """The blocks after a button such as "add", "remove-2", "up-2", "down-2" or "clear-2" (which takes the image away)."""
    verb, _dash, number = wanted.partition("-")
    place = whole_number(number)
    blocks = list(blocks)
    if verb == "add":
        return [*blocks, dict(EMPTY)] if len(blocks) < MOST_BLOCKS else blocks
    if place is None or not 0 <= place < len(blocks):
        return blocks
    if verb == "remove":
        del blocks[place]
    elif verb == "clear":
        blocks[place] = blocks[place] | {"image": None}
    elif verb in ("up", "down"):
        other = place + (1 if verb == "down" else -1)
        if 0 <= other < len(blocks):
            blocks[place], blocks[other] = blocks[other], blocks[place]
    return blocks


def uploaded_images(files: Mapping[str, Any]) -> dict[str, bytes]:
    """The bytes of each uploaded file by the name of its field; a byte more than allowed of one that is too large."""
    return {name: file.read(LARGEST_FILE + 1) for name, file in files.items()}


def revision_number(value: Any, field: str) -> int:
    """Raises ValidationError."""
    number = value if is_whole(value) else whole_number(value) if isinstance(value, str) else None
    if number is None or number < 0:
        raise ValidationError({field: _("%(text)s: expected the number of a revision") % {"text": quoted(value)}})
    return int(number)
