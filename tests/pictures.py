"""Image files for tests: whole, odd and hostile."""

import io
import struct
import zlib
from typing import Any

from PIL import Image as Pillow
from PIL import ImageCms, ImageDraw, ImageSequence

TELLS = "what-made-this"


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Pillow.Image:
    """Red above blue on the left, green on the right: it shows how it is turned."""
    made = Pillow.new("RGB", size, "green")
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), "red")
    draw.rectangle((0, size[1] // 2, size[0] // 2 - 1, size[1] - 1), "blue")
    return made.convert(mode)


def saved(image: Pillow.Image, format: str, **more: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **more)
    return file.getvalue()


def animation(format: str, count: int = 4, size: tuple[int, int] = (64, 48), **more: Any) -> bytes:
    frames = [picture(size).rotate(90 * number) for number in range(count)]
    return saved(frames[0], format, save_all=True, append_images=frames[1:], **({"duration": 100, "loop": 0} | more))


def exif(orientation: int = 1) -> Pillow.Exif:
    made = Pillow.Exif()
    made[0x0112] = orientation
    made[0x0131] = TELLS
    return made


def foreign_profile() -> bytes:
    """A colour space in which red is what sRGB calls blue, and the reverse."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {bytes(made[at : at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(made[128:132]), 12)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    made[red + 4 : red + 12], made[blue + 4 : blue + 12] = made[blue + 4 : blue + 12], made[red + 4 : red + 12]
    return bytes(made).replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(size: tuple[int, int], *chunks: bytes) -> bytes:
    """A black picture of one bit a pixel, with more chunks before its pixels."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 1, 0, 0, 0, 0))
    pixels = zlib.compress(bytes((1 + (size[0] + 7) // 8) * size[1]), 9)
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")


def gif_of_many(count: int) -> bytes:
    """Two frames, over and over; count is even."""
    two = saved(Pillow.new("L", (4, 4)), "GIF", save_all=True, append_images=[Pillow.new("L", (4, 4), 9)], duration=10)
    start = two.index(b"\x21\xf9")
    return two[:start] + two[start:-1] * (count // 2) + b";"


def png_that_claims(count: int) -> bytes:
    """Two frames, and a head that says something else."""
    heads = [png_chunk(b"acTL", struct.pack(">II", number, 0)) for number in (2, count)]
    return animation("PNG", 2).replace(*heads)


def jpeg_of_scans(count: int) -> bytes:
    """Progressive, its last scan over and over."""
    made = saved(picture(), "JPEG", progressive=True)
    last = made[made.rindex(b"\xff\xda") : -2]
    return made[:-2] + last * (count - made.count(b"\xff\xda")) + b"\xff\xd9"


def frames_of(content: bytes) -> list[tuple[int, bytes]]:
    """Milliseconds and pixels of each frame; what cannot be seen has no colour."""
    found = []
    for frame in ImageSequence.Iterator(Pillow.open(io.BytesIO(content))):
        seen = frame.convert("RGBA")
        opaque = seen.getchannel("A").point([0] + 255 * [255])
        pixels = Pillow.composite(seen, Pillow.new("RGBA", seen.size), opaque).tobytes()
        found.append((round(frame.info.get("duration", 0)), pixels))
    return found


def corners(content: bytes) -> list[str]:
    """The colours at top left, bottom left and right: red, blue and green where `picture` is upright."""
    image = Pillow.open(io.BytesIO(content)).convert("RGB")
    width, height = image.size
    places = ((width // 8, height // 8), (width // 8, height * 7 // 8), (width * 7 // 8, height // 2))
    return [colour(image.getpixel(place)) for place in places]


def colour(pixel: Any) -> str:
    names = {"red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "white": (255, 255, 255), "black": (0, 0, 0)}
    return min(names, key=lambda name: sum(abs(one - other) for one, other in zip(names[name], pixel, strict=True)))
