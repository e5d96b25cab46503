import hashlib

import pytest
from django.utils import translation
from PIL import Image as Pillow

from annotation.imaging import inspect
from annotation.imaging.inspect import BadImage, Picture, examine
from annotation.imaging.render import render
from tests.annotation.imaging.corpus import BAD
from tests.pictures import animation, corners, exif, picture, saved

UPRIGHT = ["red", "blue", "green"]


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD)
def test_what_is_no_picture_that_can_be_shown_is_refused_saying_what_was_expected(content: bytes, message: str) -> None:
    with pytest.raises(BadImage) as caught:
        examine(content)
    assert str(caught.value) == message


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(BadImage, match="expected at most 32 MB"):
        examine(bytes(inspect.LARGEST_FILE + 1))


def test_the_pixels_of_all_frames_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect, "MOST_IN_ALL", 4 * 64 * 48)
    assert examine(animation("GIF", 4)).width == 64
    for format in ("GIF", "PNG", "WEBP"):
        with pytest.raises(BadImage, match="megapixels in all frames together"):
            examine(animation(format, 5))


def test_a_side_that_could_not_be_written_again_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect, "LONGEST_SIDE", {"WEBP": 63})
    assert examine(saved(picture(), "PNG")).width == 64
    with pytest.raises(BadImage, match="expected at most 63 pixels a side"):
        examine(saved(picture(), "WEBP"))


def test_decoding_ends_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect, "MOST_SECONDS", -1.0)
    for format in ("JPEG", "PNG", "WEBP", "GIF"):
        with pytest.raises(BadImage, match="expected an image that is decoded within -1 seconds"):
            examine(saved(picture(), format))


def test_time_is_looked_at_between_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    with inspect.opened(animation("WEBP")) as (image, file):
        frames = inspect.frames(image, file)
        next(frames)
        file.end = 0.0
        with pytest.raises(BadImage, match="expected an image that is decoded within 20 seconds"):
            next(frames)


def test_a_message_is_in_the_language_of_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    error = BadImage(inspect._("expected at most %(most)s frames"), most=300)
    with translation.override("de"):
        assert str(error) == "expected at most 300 frames"
    monkeypatch.setattr("django.utils.translation._trans.gettext", lambda message: message.replace("expected", "erwartet"))
    assert str(error) == "erwartet at most 300 frames"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_described(format: str) -> None:
    content = saved(picture(), format)
    digest = hashlib.sha256(content).hexdigest()
    assert examine(content) == Picture(
        digest, format, 64, 48, len(content), examine(saved(picture(), "PNG")).difference_hash, "no"
    )


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright_and_described_so(orientation: int) -> None:
    lying = picture()
    if orientation in inspect.TURNS:
        back = {6: Pillow.Transpose.ROTATE_90, 8: Pillow.Transpose.ROTATE_270}.get(orientation, inspect.TURNS[orientation])
        lying = lying.transpose(back)
    upright = examine(saved(picture(), "PNG"))
    for format in ("JPEG", "PNG", "WEBP"):
        content = saved(lying, format, exif=exif(orientation))
        description = examine(content)
        assert (description.width, description.height, description.difference_hash) == (64, 48, upright.difference_hash)
        for width, as_format in ((None, format), (32, "WEBP"), (32, "JPEG")):
            assert corners(render(content, width=width, format=as_format)) == UPRIGHT


def test_the_difference_hash_says_where_it_gets_lighter() -> None:
    steps = Pillow.frombytes("L", (9, 8), bytes(sorted(range(0, 90, 10)) * 4 + sorted(range(0, 90, 10), reverse=True) * 4))
    large = steps.resize((900, 800), Pillow.Resampling.NEAREST)
    assert examine(saved(large, "PNG")).difference_hash == "ffffffff00000000"


def test_pictures_that_look_alike_have_nearly_the_same_hash() -> None:
    noise = Pillow.effect_noise((12, 9), 90).resize((640, 480), Pillow.Resampling.BICUBIC)
    first, *others = (
        int(examine(content).difference_hash, 16)
        for content in (
            saved(noise, "PNG"),
            saved(noise, "JPEG", quality=40),
            saved(noise.resize((200, 150)), "WEBP"),
            saved(picture(), "PNG"),
        )
    )
    near, nearer, far = ((first ^ other).bit_count() for other in others)
    assert max(near, nearer) <= 4 < far
