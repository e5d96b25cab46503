import hashlib
import io
import random
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.utils import translation
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from annotation.imaging import inspect
from annotation.imaging.inspect import BadImage, Picture, examine
from annotation.imaging.render import render
from tests import pictures
from tests.pictures import TELLS, animation, corners, exif, frames_of, picture, png_chunk, png_of, saved

WHOLE = "expected a whole JPEG, PNG, WebP or GIF image"
PIXELS = "expected at most 50 megapixels"
FRAMES = "expected at most 300 frames"
SCANS = "expected a JPEG with at most 100 scans"
UPRIGHT = ["red", "blue", "green"]


def text_chunk(size: int) -> bytes:
    return png_chunk(b"zTXt", b"key\0\0" + zlib.compress(bytes(size), 9))


BAD = {
    "nothing": (b"", WHOLE),
    "text": (b"no image", WHOLE),
    "an SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>', WHOLE),
    "a BMP": (saved(picture(), "BMP"), WHOLE),
    "a TIFF": (saved(picture(), "TIFF"), WHOLE),
    **{f"a truncated {kind}": (saved(picture(), kind)[:-40], WHOLE) for kind in ("JPEG", "PNG", "WEBP", "GIF")},
    **{f"a truncated animated {kind}": (animation(kind)[:-40], WHOLE) for kind in ("PNG", "WEBP", "GIF")},
    "a PNG without its end": (saved(picture(), "PNG")[:-12], WHOLE),
    "a PNG with a wrong sum": (saved(picture(), "PNG")[:-13] + b"x" + saved(picture(), "PNG")[-12:], WHOLE),
    "100 megapixels in 12 kB": (png_of((10_000, 10_000)), PIXELS),
    "a little too many pixels": (png_of((50_000, 1_001)), PIXELS),
    "more than Pillow's own limit": (png_of((20_000, 10_000)), PIXELS),
    "a GIF of 10,000 frames": (pictures.gif_of_many(10_000), FRAMES),
    "a PNG that says it has 10,000 frames": (pictures.png_that_claims(10_000), FRAMES),
    "a PNG that says it has more frames than it has": (pictures.png_that_claims(3), WHOLE),
    "a JPEG of 101 scans": (pictures.jpeg_of_scans(101), SCANS),
    "a JPEG of 500 scans": (pictures.jpeg_of_scans(500), SCANS),
    "500 MB of text in a PNG": (png_of((8, 8), text_chunk(500_000_000)), WHOLE),
    "100 MB of text in a PNG, in pieces": (png_of((8, 8), *[text_chunk(1_000_000)] * 100), WHOLE),
    "500 MB of profile in a PNG": (png_of((8, 8), png_chunk(b"iCCP", b"key\0\0" + zlib.compress(bytes(500_000_000), 9))), WHOLE),
}  # fmt: skip


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
    assert examine(content) == Picture(digest, format, 64, 48, len(content), examine(saved(picture(), "PNG")).difference_hash)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright_and_described_so(orientation: int) -> None:
    lying = picture()
    if orientation in inspect.TURNS:
        back = {6: Pillow.Transpose.ROTATE_90, 8: Pillow.Transpose.ROTATE_270}.get(orientation, inspect.TURNS[orientation])
        lying = lying.transpose(back)
    upright = examine(saved(picture(), "PNG"))
    for format in ("JPEG", "PNG", "WEBP"):
        content = saved(lying, format, exif=exif(orientation))
        found = examine(content)
        assert (found.width, found.height, found.difference_hash) == (64, 48, upright.difference_hash)
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


ODD: dict[str, bytes] = {
    "broken EXIF": saved(picture(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\xff\xff\xff\x7f\0\0\0\0"),
    "EXIF of garbage": saved(picture(), "JPEG", exif=b"Exif\0\0garbage"),
    "broken profile": saved(picture(), "JPEG", icc_profile=b"garbage" * 99),
    "broken profile in a PNG": saved(picture(), "PNG", icc_profile=b"garbage" * 99),
    "profile of another kind": saved(picture(mode="L"), "JPEG", icc_profile=pictures.foreign_profile()),
    "CMYK": saved(picture(mode="CMYK"), "JPEG"),
    "CMYK with a profile of RGB": saved(picture(mode="CMYK"), "JPEG", icc_profile=pictures.foreign_profile()),
    "16 bits": saved(Pillow.linear_gradient("L").resize((64, 48)).convert("I").point(lambda v: v * 256).convert("I;16"), "PNG"),
    "one bit": saved(picture(mode="1"), "PNG"),
    "grey and alpha": saved(picture(mode="LA"), "PNG"),
    "a palette": saved(picture().quantize(8), "PNG"),
    "a palette with one transparent colour": saved(picture().quantize(8), "PNG", transparency=1),
    "a palette with alpha": saved(picture().quantize(8), "PNG", transparency=bytes(range(0, 256, 32))),
    "a transparent colour": saved(picture(), "PNG", transparency=(255, 0, 0)),
    "a transparent grey": saved(picture(mode="L"), "PNG", transparency=76),
    "a lossless WebP": saved(picture(mode="RGBA"), "WEBP", lossless=True),
    "a JPEG with more behind it": saved(picture(), "MPO", save_all=True, append_images=[Pillow.new("RGB", (64, 48))]),
    "an interlaced GIF": saved(picture().quantize(8), "GIF", interlace=1),
    "a progressive JPEG": saved(picture(), "JPEG", progressive=True),
    **{f"an animated {kind}": animation(kind) for kind in ("GIF", "PNG", "WEBP")},
    "an animated PNG with a picture before it": animation("PNG", default_image=True, duration=[10, 20, 30]),
    "a PNG that goes round for ever": animation("PNG", loop=4_000_000_000),
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_an_odd_picture_is_taken_and_shown_in_every_size(content: bytes) -> None:
    found = examine(content)
    assert (found.width, found.height) == (64, 48)
    for width, format, size in ((None, found.format, (64, 48)), (32, "WEBP", (32, 24)), (32, "JPEG", (32, 24))):
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


def told() -> PngInfo:
    made = PngInfo()
    made.add_text("Software", TELLS)
    made.add_text("Comment", TELLS, zip=True)
    made.add_itxt("XML:com.adobe.xmp", f"<x>{TELLS}</x>")
    return made


TELLING = {
    "JPEG": saved(picture(), "JPEG", exif=exif(), comment=TELLS.encode(), xmp=TELLS.encode()),
    "turned JPEG": saved(picture(), "JPEG", exif=exif(6), comment=TELLS.encode()),
    "MPO": saved(picture(), "MPO", save_all=True, append_images=[picture()], exif=exif()),
    "PNG": saved(picture(), "PNG", exif=exif(), pnginfo=told()),
    "WEBP": saved(picture(), "WEBP", exif=exif(), xmp=TELLS.encode()),
    "GIF": saved(picture(), "GIF", comment=TELLS.encode()),
    "animated GIF": animation("GIF", comment=TELLS.encode()),
    "animated WEBP": animation("WEBP", exif=exif(), xmp=TELLS.encode()),
    "animated PNG": animation("PNG", exif=exif(), pnginfo=told()),
    "tail": saved(picture(), "PNG") + TELLS.encode(),
}


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
    tables = [Pillow.open(io.BytesIO(one)).quantization for one in (content, render(content, width=None, format="JPEG"))]
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
            found = examine(content)
            return found, render(content, width=32, format="WEBP")
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
            found = examine(bytes(broken))
            render(bytes(broken), width=None, format=found.format)
            outcomes.append("shown")
        except BadImage:
            outcomes.append("refused")
    assert set(outcomes) == {"shown", "refused"}
