"""Checks images by decoding them whole, and describes them. Knows no database and no storage.

Every function may run in several threads at once: Pillow's settings, which hold for the whole process, are made here, once.
Decoders of broken files raise any error; this module turns them into BadImage.
"""

import hashlib
import io
import re
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, GifImagePlugin, ImageFile, WebPImagePlugin
from PIL import Image as Pillow
from PIL.GifImagePlugin import LoadingStrategy

from annotation.imaging.colours import flattened, for_screen
from annotation.imaging.otherwise import reasons

SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
LARGEST_FILE = 32 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_FRAMES = 300
MOST_IN_ALL = 100_000_000  # pixels times frames: a copy holds all frames, at four bytes a pixel
LARGE = 8_000_000  # pixels: only one such picture is decoded at a time, or a few threads would take a gigabyte
MOST_SCANS = 100  # of a progressive JPEG: each passes over all pixels, however few bytes it has
MOST_SECONDS = 20.0  # of the thread's own time, so that a busy machine refuses nothing
LONGEST_SIDE = {"JPEG": 65_500, "WEBP": 16_383}  # pixels that these formats can be written with
SAME = 2  # of 255: by so much two cells of one grey may differ after lossy compression

Pillow.preinit()
assert WebPImagePlugin.SUPPORTED  # imported, so that opening a file never loads the other formats
Pillow.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Pillow.DecompressionBombWarning)
warnings.filterwarnings("ignore", category=UserWarning, module="PIL")  # of odd metadata, which nobody will see
GifImagePlugin.LOADING_STRATEGY = LoadingStrategy.RGB_AFTER_DIFFERENT_PALETTE_ONLY  # else a copy gets other colours

ONE_LARGE = threading.Lock()
Orientation = Pillow.Transpose
TURNS = {
    2: Orientation.FLIP_LEFT_RIGHT,
    3: Orientation.ROTATE_180,
    4: Orientation.FLIP_TOP_BOTTOM,
    5: Orientation.TRANSPOSE,
    6: Orientation.ROTATE_270,
    7: Orientation.TRANSVERSE,
    8: Orientation.ROTATE_90,
}
SIDEWAYS = {Orientation.TRANSPOSE, Orientation.ROTATE_270, Orientation.TRANSVERSE, Orientation.ROTATE_90}
MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")  # of a JPEG; neither a stuffed FF nor a restart within a scan
WITHOUT_LENGTH, END_OF_IMAGE, START_OF_SCAN = (0x01, 0xD8), 0xD9, 0xDA


class BadImage(Exception):
    """The file is not an image that can be shown; the message says what was expected.

    The message is translated when it is read: into the reader's language, whichever thread checked the file.
    """

    def __init__(self, message: Any, **values: Any) -> None:
        super().__init__(message)
        self.values = values

    def __str__(self) -> str:
        message = str(self.args[0])
        return message % self.values if self.values else message


@dataclass(frozen=True)
class Picture:
    """Width and height are those of the picture turned upright; `size` is the file's, in bytes.

    The difference hash is 16 hexadecimal digits: for each of 8 rows from the top, whether each of 9 grey cells is clearly
    lighter than the one left of it. Pictures that look alike differ in few of its 64 bits.

    `shown_otherwise` says why a plain reader of the file would show it otherwise than pages do, as `otherwise.reasons` does.
    """

    sha256: str
    format: str
    width: int
    height: int
    size: int
    difference_hash: str
    shown_otherwise: str


class Timed(io.BytesIO):
    """A file that can be read for MOST_SECONDS; then it raises BadImage."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.end = time.thread_time() + MOST_SECONDS

    def read(self, size: int | None = -1, /) -> bytes:
        self.check()
        return super().read(size)

    def check(self) -> None:
        if time.thread_time() > self.end:
            raise BadImage(_("expected an image that is decoded within %(most)s seconds"), most=f"{MOST_SECONDS:g}")


def examine(content: bytes) -> Picture:
    """Describe an image, after decoding all of it. Raises BadImage."""
    if len(content) > LARGEST_FILE:
        raise BadImage(_("expected at most %(size)s MB"), size=LARGEST_FILE // 1024 // 1024)
    with opened(content) as (image, file):
        format, turn = format_of(image), turn_of(image)
        width, height = upright(image.size, turn)
        if (side := max(image.size)) > LONGEST_SIDE.get(format, side):
            raise BadImage(_("expected at most %(most)s pixels a side"), most=f"{LONGEST_SIDE[format]:,}")
        with turn_to_decode(image):
            otherwise = reasons(image, is_turned=turn is not None)
            digits = [difference_hash(frame, turn) if number == 0 else "" for number, frame in enumerate(frames(image, file))]
        if format == "PNG":
            verify_chunks(content)
    return Picture(hashlib.sha256(content).hexdigest(), format, width, height, len(content), digits[0], otherwise)


def turn_to_decode(image: ImageFile.ImageFile) -> AbstractContextManager[Any]:
    """Large pictures wait for each other."""
    return ONE_LARGE if image.width * image.height > LARGE else nullcontext()


@contextmanager
def opened(content: bytes) -> Iterator[tuple[ImageFile.ImageFile, Timed]]:
    """The picture, with its first frame not decoded yet, and its file. Any error inside becomes BadImage."""
    if content.startswith(b"\xff\xd8"):
        count_scans(content)
    try:
        file = Timed(content)
        with Pillow.open(file, formats=tuple(SUFFIX)) as image:
            yield image, file
    except BadImage:
        raise
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise too_many_pixels() from error
    except Exception as error:
        raise BadImage(_("expected a whole JPEG, PNG, WebP or GIF image")) from error


def too_many_pixels() -> BadImage:
    return BadImage(_("expected at most %(most)s megapixels"), most=MOST_PIXELS // 1_000_000)


def count_scans(content: bytes) -> None:
    """Walk the markers of a JPEG up to its end. Raises BadImage where there are too many scans or segments."""
    scans, segments, position = 0, 0, 0
    while match := MARKER.search(content, position):
        marker, position, segments = match[1][0], match.end(), segments + 1
        scans += marker == START_OF_SCAN
        if scans > MOST_SCANS or segments > 10_000:
            raise BadImage(_("expected a JPEG with at most %(most)s scans"), most=MOST_SCANS)
        if marker == END_OF_IMAGE:
            break
        if marker not in WITHOUT_LENGTH:
            position += int.from_bytes(content[position : position + 2])


def format_of(image: ImageFile.ImageFile) -> str:
    """The format's name; a JPEG with more pictures behind it (MPO) counts as a JPEG, its first picture."""
    return "JPEG" if image.format == "MPO" else str(image.format)


def turn_of(image: ImageFile.ImageFile) -> Orientation | None:
    """How to turn the picture upright; None where it is, or where its metadata is broken."""
    try:
        return TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except BadImage:
        raise
    except Exception:
        return None


def upright(size: tuple[int, int], turn: Orientation | None) -> tuple[int, int]:
    """Width and height after the turn; and, as this is its own inverse, before it."""
    return (size[1], size[0]) if turn in SIDEWAYS else size


def frames(image: ImageFile.ImageFile, file: Timed) -> Iterator[ImageFile.ImageFile]:
    """The image at each of its frames in turn, decoded. A GIF does not say how many it has: they are counted to its end."""
    format, count = format_of(image), MOST_FRAMES + 1
    if format != "GIF":
        count = 1 if format == "JPEG" else image.n_frames  # type: ignore[attr-defined]
    for number in range(count):
        file.check()
        if number >= MOST_FRAMES or (format != "GIF" and count > MOST_FRAMES):
            raise BadImage(_("expected at most %(most)s frames"), most=MOST_FRAMES)
        if number:
            try:
                image.seek(number)
            except EOFError:
                if format != "GIF":
                    raise
                return
        pixels = image.width * image.height
        if pixels > MOST_PIXELS:
            raise too_many_pixels()
        if pixels * (number + 1) > MOST_IN_ALL:
            raise BadImage(_("expected at most %(most)s megapixels in all frames together"), most=MOST_IN_ALL // 1_000_000)
        image.load()
        yield image


def verify_chunks(content: bytes) -> None:
    """Check what decoding does not: the checksums of a PNG's chunks, and that it has an end."""
    with Pillow.open(Timed(content), formats=("PNG",)) as image:
        image.verify()


def difference_hash(frame: Pillow.Image, turn: Orientation | None) -> str:
    """As Picture describes it, of a frame before its turn."""
    small = for_screen(frame).resize(upright((9, 8), turn), Pillow.Resampling.BOX)
    grey = flattened(small if turn is None else small.transpose(turn)).convert("L").tobytes()
    rows = [grey[start : start + 9] for start in range(0, 72, 9)]
    bits = "".join("1" if right > left + SAME else "0" for row in rows for left, right in pairwise(row))
    return f"{int(bits, 2):016x}"
