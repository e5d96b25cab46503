"""Image files that are refused, files that are odd but shown, and files whose metadata tells where they came from."""

import zlib

from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from tests import pictures
from tests.pictures import TELLS, animation, exif, picture, png_chunk, png_of, saved

WHOLE = "expected a whole JPEG, PNG, WebP or GIF image"
PIXELS = "expected at most 50 megapixels"
FRAMES = "expected at most 300 frames"
SCANS = "expected a JPEG with at most 100 scans"


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


def telling_chunks() -> PngInfo:
    made = PngInfo()
    made.add_text("Software", TELLS)
    made.add_text("Comment", TELLS, zip=True)
    made.add_itxt("XML:com.adobe.xmp", f"<x>{TELLS}</x>")
    return made


TELLING = {
    "JPEG": saved(picture(), "JPEG", exif=exif(), comment=TELLS.encode(), xmp=TELLS.encode()),
    "turned JPEG": saved(picture(), "JPEG", exif=exif(6), comment=TELLS.encode()),
    "MPO": saved(picture(), "MPO", save_all=True, append_images=[picture()], exif=exif()),
    "PNG": saved(picture(), "PNG", exif=exif(), pnginfo=telling_chunks()),
    "WEBP": saved(picture(), "WEBP", exif=exif(), xmp=TELLS.encode()),
    "GIF": saved(picture(), "GIF", comment=TELLS.encode()),
    "animated GIF": animation("GIF", comment=TELLS.encode()),
    "animated WEBP": animation("WEBP", exif=exif(), xmp=TELLS.encode()),
    "animated PNG": animation("PNG", exif=exif(), pnginfo=telling_chunks()),
    "tail": saved(picture(), "PNG") + TELLS.encode(),
}
