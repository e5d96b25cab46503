"""What the templates that show blocks ask about them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

# Sizes of a picture on the page, in CSS pixels.
SMALL = 320  # one that is smaller both ways is enlarged to this, or nobody could judge it
TALLEST = 480  # taller ones are made smaller
WIDE = 560  # wider ones, if much wider than high, stand below their text: beside it nobody could read a diagram
TOWER = 960  # but this tall may be one that is much taller than wide, or it would be a thread

# How wide a picture can be, by the width of the window: the sums of the stylesheet. Beside its text, alone, in a reference.
BESIDE = [
    ("(min-width: 80rem)", "calc((min(100vw, 104rem) - 37.25rem) * 0.524)"),
    ("(min-width: 70rem)", "calc((100vw - 34.25rem) * 0.524)"),
    ("(min-width: 62rem)", "calc(100vw - 33rem)"),
    ("(min-width: 44rem)", "calc((100vw - 7.25rem) * 0.524)"),
    ("", "calc(100vw - 4.5rem)"),
]
ALONE = [
    ("(min-width: 80rem)", "calc(min(100vw, 104rem) - 36rem)"),
    ("(min-width: 62rem)", "calc(100vw - 33rem)"),
    ("", "calc(100vw - 4.5rem)"),
]
RUNG = [("(min-width: 62rem)", "24rem"), ("", "70vw")]


@register.filter
def amount(blocks: Sequence[Mapping[str, Any]]) -> str:
    """How much there is to read: 3 blocks, 2 images."""
    images = image_count(blocks)
    return _("%(blocks)s, %(images)s") % {
        "blocks": ngettext("%d block", "%d blocks", len(blocks)) % len(blocks),
        "images": ngettext("%d image", "%d images", images) % images if images else _("no images"),
    }


@register.filter
def image_count(blocks: Iterable[Mapping[str, Any]]) -> int:
    return sum(1 for block in blocks if block["image"])


@register.filter
def laid_out(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The blocks, each with the way it is laid out: text, image, both, a wide image below its text, a run of images, nothing."""
    kinds = [kind(block) for block in blocks]
    around = zip(["", *kinds], kinds, [*kinds[1:], ""], strict=False)
    runs = ["run" if own == "image" and "image" in (before, after) else own for before, own, after in around]
    return [{**block, "kind": run} for block, run in zip(blocks, runs, strict=True)]


def kind(block: Mapping[str, Any]) -> str:
    if not block["image"]:
        return "text" if block["text"] else "nothing"
    if not block["text"]:
        return "image"
    width, height = shown(block).values()
    return "wide" if width > WIDE and width > 1.5 * height else "both"


@register.filter
def shown(block: Mapping[str, Any]) -> dict[str, int]:
    """Width and height of its picture on the page, where there is room: known before it is there, so that nothing jumps."""
    width, height = block["width"], block["height"]
    tallest = TOWER if height > 2 * width else TALLEST
    scale = SMALL / max(width, height) if max(width, height) < SMALL else min(1, tallest / height)
    return {"width": max(round(width * scale), 1), "height": max(round(height * scale), 1)}


@register.filter
def sizes(block: Mapping[str, Any], part: str) -> str:
    """How wide its picture will be, for the browser to choose the smallest copy that is sharp."""
    own = shown(block)["width"]
    columns = RUNG if part == "reference" else ALONE if block["kind"] in ("image", "wide") else BESIDE
    return ", ".join(f"{window} min({own}px, {column})".strip() for window, column in columns)


@register.filter
def titled(profile: Mapping[str, int], criteria: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, int]]:
    """Key, title and level of each criterion of a reference's profile, in the rubric's order."""
    return [(item["key"], item["title"], profile[item["key"]]) for item in criteria if item["key"] in profile]


@register.filter
def have_profiles(references: Mapping[str, Mapping[str, Any]]) -> bool:
    return any(reference["profile"] for reference in references.values())
