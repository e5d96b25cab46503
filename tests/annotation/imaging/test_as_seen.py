"""What releases hold of a picture that a plain reader would show otherwise than annotators saw it."""

import hashlib
import io

import pytest
from PIL import Image as Pillow

from annotation.imaging.as_seen import as_seen, why_otherwise
from annotation.imaging.inspect import BadImage, examine
from tests.annotation.imaging.corpus import BAD, TELLING
from tests.annotation.imaging.test_otherwise import ALLOWED, KINDS, distance, on_page
from tests.pictures import TELLS, animation, colour, corners, saved

OTHERWISE = {kind: content for kind, (content, reasons) in KINDS.items() if reasons != "no"}


def plain(content: bytes) -> Pillow.Image:
    return Pillow.open(io.BytesIO(content)).convert("RGB")


@pytest.mark.parametrize("content", OTHERWISE.values(), ids=OTHERWISE)
def test_a_plain_reader_shows_what_the_page_shows(content: bytes) -> None:
    description, seen = examine(content), plain(as_seen(content))
    assert seen.size == (description.width, description.height)
    assert distance(seen, on_page(content)) <= ALLOWED[description.format]
    assert distance(plain(content).resize(seen.size), seen) > ALLOWED["JPEG"] or description.shown_otherwise in (
        "cmyk",
        "animated",
    )


@pytest.mark.parametrize("content", OTHERWISE.values(), ids=OTHERWISE)
def test_what_is_released_is_the_same_each_time_and_needs_no_second_change(content: bytes) -> None:
    seen = as_seen(content)
    assert hashlib.sha256(seen).digest() == hashlib.sha256(as_seen(content)).digest()
    assert (examine(seen).format, examine(seen).shown_otherwise) == ("PNG", "no")


def test_what_is_transparent_is_white_as_behind_a_picture_on_the_page() -> None:
    assert corners(as_seen(KINDS["clear all over"][0])) == ["white"] * 3


def test_sixteen_bits_keep_their_upper_eight() -> None:
    for value, expected in ((0, 0), (255, 0), (128 * 256, 128), (65_535, 255)):
        grey = Pillow.new("I;16", (4, 4), value)
        assert plain(as_seen(saved(grey, "PNG"))).getpixel((1, 1)) == (expected,) * 3


def test_sixteen_bits_with_a_transparent_grey_are_a_plain_picture() -> None:
    content = saved(Pillow.new("I;16", (4, 4), 30_000), "PNG", transparency=30_000)
    assert examine(content).shown_otherwise == "sixteen_bit"
    assert not Pillow.open(io.BytesIO(as_seen(content))).has_transparency_data


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP"])
def test_of_an_animation_the_first_frame_is_released(format: str) -> None:
    content = animation(format, lossless=True) if format == "WEBP" else animation(format)
    assert corners(as_seen(content)) == ["red", "blue", "green"]


def test_a_picture_before_an_animation_is_not_released_for_it() -> None:
    frames = [Pillow.new("RGB", (64, 48), name) for name in ("black", "red", "blue")]
    content = saved(frames[0], "PNG", save_all=True, default_image=True, append_images=frames[1:])
    assert [colour(plain(file).getpixel((9, 9))) for file in (content, as_seen(content))] == ["black", "red"]


@pytest.mark.parametrize("content", TELLING.values(), ids=TELLING)
def test_what_is_released_does_not_tell_what_made_the_picture(content: bytes) -> None:
    seen = as_seen(content)
    assert TELLS.encode() not in seen
    assert Pillow.open(io.BytesIO(seen)).info == {}


@pytest.mark.parametrize(("content", "reasons"), KINDS.values(), ids=KINDS)
def test_the_reasons_are_known_without_a_description(content: bytes, reasons: str) -> None:
    assert why_otherwise(content) == reasons


@pytest.mark.parametrize("content", [BAD[kind][0] for kind in ("nothing", "text", "a TIFF")])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    for look in (why_otherwise, as_seen):
        with pytest.raises(BadImage):
            look(content)
