"""Filters for templates that show blocks: how much there is, the layout, and the sizes of images."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

# Sizes of an image on the page, in CSS pixels.
SMALL = 320  # an image with both sides below this is enlarged to it: nobody could judge it otherwise
TALLEST = 480  # a taller image is made smaller
WIDE = 560  # a wider image, if much wider than high, stands below its text: beside it a diagram could not be read
TOWER = 960  # the height allowed for an image that is much taller than wide
ALL_SIZES = 3  # copies of an image

# The width of an image by the width of the window, as in the stylesheet: beside its text, alone, in a reference answer.
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
def content_amount(blocks: Sequence[Mapping[str, Any]]) -> str:
    """The amount of content in words: 3 blocks, 2 images."""
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
    """The blocks, each with its layout as `kind`: text, image, both, wide (below its text), run (of images) or nothing."""
    kinds = [kind(block) for block in blocks]
    neighbours = zip(["", *kinds], kinds, [*kinds[1:], ""], strict=False)
    runs = ["run" if own == "image" and "image" in (before, after) else own for before, own, after in neighbours]
    return [{**block, "kind": run} for block, run in zip(blocks, runs, strict=True)]


def kind(block: Mapping[str, Any]) -> str:
    if not block["image"]:
        return "text" if block["text"] else "nothing"
    if not block["text"]:
        return "image"
    width, height = displayed_size(block).values()
    return "wide" if width > WIDE and width > 1.5 * height else "both"


@register.filter
def displayed_size(block: Mapping[str, Any]) -> dict[str, int]:
    """Width and height of the block's image on the page, set before it is loaded so that nothing moves."""
    width, height = block["width"], block["height"]
    tallest = TOWER if height > 2 * width else TALLEST
    scale = SMALL / max(width, height) if max(width, height) < SMALL else min(1, tallest / height)
    return {"width": max(round(width * scale), 1), "height": max(round(height * scale), 1)}


@register.filter
def srcset(block: Mapping[str, Any]) -> str:
    """The copies of the block's image with their widths, and the image itself where there are not copies of all sizes."""
    copies = [f"{size['webp']} {size['width']}w" for size in block["sizes"]]
    return ", ".join(copies if len(copies) >= ALL_SIZES else [*copies, f"{block['image']} {block['width']}w"])


@register.filter
def displayed_widths(block: Mapping[str, Any], part: str) -> str:
    """The image's width by the window's (the attribute sizes), for the browser to choose the smallest copy that is sharp."""
    width = displayed_size(block)["width"]
    columns = RUNG if part == "reference" else ALONE if block["kind"] in ("image", "wide") else BESIDE
    return ", ".join(f"{window} min({width}px, {column})".strip() for window, column in columns)


@register.filter
def levels_by_criterion(profile: Mapping[str, int], criteria: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, int]]:
    """Key, title and level of each criterion of a reference answer's profile, in the rubric's order."""
    return [(item["key"], item["title"], profile[item["key"]]) for item in criteria if item["key"] in profile]


@register.filter
def have_profiles(references: Mapping[str, Mapping[str, Any]]) -> bool:
    return any(reference["profile"] for reference in references.values())
