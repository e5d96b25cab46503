import io

from PIL import Image as Pillow

from annotation.imaging.colours import flattened, for_screen, foreign_profile, in_srgb
from tests import pictures
from tests.pictures import colour, picture, saved


def test_every_mode_becomes_one_that_can_be_scaled() -> None:
    modes = ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I")
    shown = {mode: for_screen(picture(mode="L").convert(mode) if mode[0] == "I" else picture(mode=mode)).mode for mode in modes}
    assert shown == {
        "1": "L", "L": "L", "LA": "RGBA", "P": "RGB", "RGB": "RGB", "RGBA": "RGBA", "CMYK": "CMYK", "I;16": "L", "I": "L",
    }  # fmt: skip


def test_the_ground_is_white() -> None:
    half = Pillow.new("RGBA", (4, 4), (0, 0, 0, 128))
    assert flattened(half).getpixel((0, 0)) == (127, 127, 127)
    assert flattened(picture()).tobytes() == picture().tobytes()


def opened(mode: str, profile: bytes) -> Pillow.Image:
    return Pillow.open(io.BytesIO(saved(picture(mode=mode), "JPEG", icc_profile=profile)))


def test_a_profile_counts_where_it_fits_the_mode_and_is_not_srgb() -> None:
    foreign = pictures.foreign_profile()
    srgb = foreign.replace("Swap".encode("utf-16-be"), "sRGB".encode("utf-16-be"))
    counts = [
        foreign_profile(opened(*case)) is not None for case in (("RGB", foreign), ("L", foreign), ("RGB", srgb), ("RGB", b"x"))
    ]
    assert counts == [True, False, False, False]


def test_colours_are_turned_into_srgb() -> None:
    image = opened("RGB", pictures.foreign_profile())
    profile = foreign_profile(image)
    assert profile
    assert [colour(image.convert("RGB").getpixel((8, 8))), colour(in_srgb(image, profile).getpixel((8, 8)))] == ["red", "blue"]
