"""What rubrics are told of the image of an example."""

import io

import pytest
from PIL import Image as Pillow

from annotation.imaging.example import shown_copy
from tests.factories import png


def test_the_copy_has_the_format_and_no_metadata() -> None:
    file = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x010E] = "taken at home"
    Pillow.new("RGB", (8, 6), "red").save(file, "JPEG", exif=exif)
    format, shown = shown_copy(file.getvalue())
    assert (b"taken at home" in file.getvalue(), format, b"taken at home" in shown) == (True, "JPEG", False)
    assert Pillow.open(io.BytesIO(shown)).size == (8, 6)
    assert shown_copy(png())[0] == "PNG"


def test_what_is_no_image_is_told_in_words() -> None:
    with pytest.raises(ValueError, match="expected a whole JPEG, PNG, WebP or GIF image"):
        shown_copy(b"no image")
