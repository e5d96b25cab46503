"""The copies that pages show: what they keep of a picture, and what they must not tell."""

import io
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from PIL import Image as Pillow

from annotation.imaging.inspect import BadImage, examine
from annotation.imaging.render import render
from tests import pictures
from tests.annotation.imaging.corpus import BAD, ODD, TELLING
from tests.pictures import TELLS, animation, corners, exif, frames_of, picture, saved


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_an_odd_picture_is_taken_and_shown_in_every_size(content: bytes) -> None:
    description = examine(content)
    assert (description.width, description.height) == (64, 48)
    for width, format, size in ((None, description.format, (64, 48)), (32, "WEBP", (32, 24)), (32, "JPEG", (32, 24))):
        made = render(content, width=width, format=format)
        assert made == render(content, width=width, format=format)
        shown = Pillow.open(io.BytesIO(made))
        assert (shown.format, shown.size) == (format, size)
        assert examine(made).format == format


def test_sixteen_bits_of_grey_become_eight() -> None:
    grey = Pillow.new("I;16", (64, 48), 128 * 256)
    shown = Pillow.open(io.BytesIO(render(saved(grey, "PNG"), width=32, format="JPEG")))
    assert (shown.mode, shown.getpixel((5, 5))) == ("L", 128)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_colours_are_those_of_srgb_and_the_profile_is_gone(format: str) -> None:
    content = saved(picture(), format, icc_profile=pictures.foreign_profile())
    for width, as_format in ((None, format), (32, "WEBP"), (32, "JPEG")):
        made = render(content, width=width, format=as_format)
        assert corners(made)[:2] == ["blue", "red"]
        assert "icc_profile" not in Pillow.open(io.BytesIO(made)).info


@pytest.mark.parametrize("content", TELLING.values(), ids=TELLING)
def test_a_copy_does_not_tell_what_made_the_picture(content: bytes) -> None:
    format = examine(content).format
    assert TELLS.encode() in content or format == "PNG"
    for width, as_format in ((None, format), (32, "WEBP"), (32, "JPEG")):
        made = render(content, width=width, format=as_format)
        shown = Pillow.open(io.BytesIO(made))
        shown.load()
        assert TELLS.encode() not in made
        assert dict(shown.getexif()) == {}
        assert {"exif", "comment", "xmp", "Software", "Comment", "XML:com.adobe.xmp", "icc_profile"} & set(shown.info) == set()


def test_a_jpeg_that_needs_no_change_keeps_its_quantisation() -> None:
    content = saved(picture(), "JPEG", quality=37, exif=exif())
    tables = [Pillow.open(io.BytesIO(file)).quantization for file in (content, render(content, width=None, format="JPEG"))]
    assert tables[0] == tables[1]


@pytest.mark.parametrize("format", ["PNG", "GIF", "WEBP"])
def test_a_copy_of_a_lossless_picture_has_the_same_pixels(format: str) -> None:
    content = saved(picture(mode="RGBA"), format, **({"lossless": True} if format == "WEBP" else {}))
    assert frames_of(render(content, width=None, format=format)) == frames_of(content)


ANIMATIONS: dict[str, dict[str, Any]] = {
    **{f"GIF, disposal {way}": {"format": "GIF", "disposal": way} for way in (0, 1, 2)},
    "PNG": {"format": "PNG"},
    "WEBP": {"format": "WEBP", "lossless": True},
}


@pytest.mark.parametrize("how", ANIMATIONS.values(), ids=ANIMATIONS)
def test_an_animation_keeps_its_frames_times_and_rounds(how: dict[str, Any]) -> None:
    frames = []
    for number in range(4):
        frames.append(Pillow.new("RGBA", (64, 48)))  # transparent, with something that moves
        frames[-1].paste((255, 60 * number, 0, 255), (8 * number, 8, 8 * number + 24, 40))
    content = saved(frames[0], save_all=True, append_images=frames[1:], duration=[10, 20, 30, 40], loop=3, **how)
    made = render(content, width=None, format=how["format"])
    assert frames_of(made) == frames_of(content)
    assert Pillow.open(io.BytesIO(made)).info["loop"] == 3
    small = Pillow.open(io.BytesIO(render(content, width=32, format="WEBP")))
    assert (small.size, getattr(small, "n_frames", 1), small.info["loop"]) == ((32, 24), 4, 3)
    assert Pillow.open(io.BytesIO(render(content, width=32, format="JPEG"))).size == (32, 24)


def test_a_picture_before_an_animation_is_not_one_of_its_frames() -> None:
    content = animation("PNG", default_image=True, duration=[10, 20, 30])
    assert [time for time, _pixels in frames_of(render(content, width=None, format="PNG"))] == [10, 20, 30]


def test_what_is_transparent_is_white_in_a_jpeg() -> None:
    content = saved(Pillow.new("RGBA", (64, 48), (255, 0, 0, 0)), "PNG")
    assert corners(render(content, width=32, format="JPEG")) == ["white"] * 3


def test_nothing_is_scaled_up() -> None:
    assert Pillow.open(io.BytesIO(render(saved(picture(), "PNG"), width=480, format="WEBP"))).size == (64, 48)


def test_many_threads_look_at_pictures_at_once() -> None:
    contents = [*TELLING.values(), *ODD.values(), *(content for content, _message in BAD.values() if len(content) < 50_000)]

    def outcome(content: bytes) -> Any:
        try:
            description = examine(content)
            return description, render(content, width=32, format="WEBP")
        except BadImage as error:
            return str(error)

    expected = [outcome(content) for content in contents]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(outcome, contents * 3)) == expected * 3


def test_whatever_is_broken_only_ever_raises_a_bad_image() -> None:
    rnd = random.Random(6)
    seeds = [*TELLING.values(), *ODD.values()]
    outcomes = []
    for _round in range(1_000):
        broken = bytearray(rnd.choice(seeds))
        if rnd.random() < 0.3:
            del broken[rnd.randrange(len(broken)) :]
        else:
            for _flip in range(rnd.choice((1, 2, 9))):
                broken[rnd.randrange(len(broken))] ^= 1 << rnd.randrange(8)
        try:
            description = examine(bytes(broken))
            render(bytes(broken), width=None, format=description.format)
            outcomes.append("shown")
        except BadImage:
            outcomes.append("refused")
    assert set(outcomes) == {"shown", "refused"}
