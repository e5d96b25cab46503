"""Which files a plain reader shows otherwise than pages do, and that it shows all others alike."""

import io

import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageStat

from annotation.imaging.colours import flattened, for_screen
from annotation.imaging.inspect import examine
from annotation.imaging.render import render
from tests import pictures
from tests.annotation.imaging.corpus import ODD
from tests.pictures import animation, exif, picture, saved

CLEAR = Pillow.new("RGBA", (64, 48), (255, 0, 0, 0))
KINDS: dict[str, tuple[bytes, str]] = {
    **{kind: (content, "no") for kind, content in ODD.items()},
    **{kind: (ODD[kind], "cmyk") for kind in ("CMYK", "CMYK with a profile of RGB")},
    "16 bits": (ODD["16 bits"], "sixteen_bit"),
    "a palette with one transparent colour": (ODD["a palette with one transparent colour"], "transparent"),
    "a palette with alpha": (ODD["a palette with alpha"], "transparent"),
    "a transparent colour": (ODD["a transparent colour"], "transparent"),
    "a transparent grey": (ODD["a transparent grey"], "transparent"),
    **{kind: (content, "animated") for kind, content in ODD.items() if "animated" in kind or "round for ever" in kind},
    **{f"a turned {kind}": (saved(picture(), kind, exif=exif(6)), "turned") for kind in ("JPEG", "PNG", "WEBP")},
    "upright by EXIF": (saved(picture(), "JPEG", exif=exif(1)), "no"),
    "alpha that is opaque": (saved(picture(mode="RGBA"), "PNG"), "no"),
    "clear all over": (saved(CLEAR, "PNG"), "transparent"),
    "a colour that no pixel has": (saved(picture(), "PNG", transparency=(9, 9, 9)), "no"),
    "one frame of a GIF": (saved(picture(), "GIF"), "no"),
    "a clear GIF": (saved(CLEAR, "GIF"), "transparent"),
    "another colour space": (saved(picture(), "JPEG", icc_profile=pictures.foreign_profile()), "colour_profile"),
    "everything": (animation("PNG", exif=exif(6), icc_profile=pictures.foreign_profile()), "turned,animated,colour_profile"),
    "an opaque picture before a clear animation": (
        saved(picture(mode="RGBA"), "PNG", save_all=True, default_image=True, append_images=[CLEAR, picture(mode="RGBA")]),
        "animated",
    ),
    "a clear picture before an opaque animation": (
        saved(CLEAR, "PNG", save_all=True, default_image=True, append_images=[picture(mode="RGBA"), CLEAR]),
        "animated",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reasons"), KINDS.values(), ids=KINDS)
def test_a_picture_says_why_a_plain_reader_shows_it_otherwise(content: bytes, reasons: str) -> None:
    assert examine(content).shown_otherwise == reasons


@pytest.mark.parametrize("content", [content for content, reasons in KINDS.values() if reasons == "no"])
def test_a_plain_reader_shows_all_others_as_pages_do(content: bytes) -> None:
    assert distance(Pillow.open(io.BytesIO(content)).convert("RGB"), on_page(content)) <= ALLOWED[examine(content).format]


# Of 255, the mean over pixels: where the copy for pages is written with loss again.
ALLOWED = {"PNG": 0.0, "GIF": 0.0, "JPEG": 3.0, "WEBP": 2.0}


def on_page(content: bytes) -> Pillow.Image:
    """The picture in its own size as a page shows it, of an animation the first frame."""
    copy = Pillow.open(io.BytesIO(render(content, width=None, format=examine(content).format)))
    return flattened(for_screen(copy)).convert("RGB")


def distance(one: Pillow.Image, other: Pillow.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3
