"""Names of stored images, and the copies of them that pages show, which are made when they are first asked for.

originals/HA/HASH.suffix is the file as it was loaded, for releases. shown/HA/HASH.suffix is upright, in sRGB and without
metadata; shown/HA/HASH-WIDTH.suffix is that scaled down. HA is the hash's first two digits. A file under shown/ is always whole:
on a file system a copy is written under making/ and then renamed, and an object store shows an object when all of it is there.
Files left under making/ are of a process that was killed, and may be deleted; so may shown/, which is made again.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.imaging.inspect import LONGEST_SIDE, SUFFIX, BadImage
from annotation.imaging.render import render
from annotation.models import Image

logger = logging.getLogger(__name__)

WIDTHS = (480, 960, 1920)
FORMATS = ("WEBP", "JPEG")
PIECE = 64 * 1024


class NoOriginal(Refused):
    """The image's original is missing from the storage, or cannot be read."""


def original_name(sha256: str, format: str) -> str:
    return original_file(f"{sha256}.{SUFFIX[format]}")


def original_file(name: str) -> str:
    """The storage's name of an original, by the name it has in releases, HASH.suffix."""
    return f"originals/{name[:2]}/{name}"


def widths(image: Image) -> list[int]:
    """The widths of the scaled copies, all smaller than the picture."""
    return [width for width in WIDTHS if width < image.width and image.height * width <= LONGEST_SIDE["WEBP"] * image.width]


def rendition(image: Image, width: int | None = None, format: str = "") -> str:
    """The storage's name of a copy for showing, which is made if it is not there.

    Without a width it is the picture's own size and format, else one of `widths` as WEBP or JPEG. Raises NoOriginal.
    """
    return make_copies(image, [(width, format or image.format)])[0]


def prepare(image: Image) -> None:
    """Make all the copies that pages can ask for. Raises NoOriginal."""
    make_copies(image, [(None, image.format), *((width, format) for width in widths(image) for format in FORMATS)])


def make_copies(image: Image, wanted: Sequence[tuple[int | None, str]]) -> list[str]:
    """The storage's names of the copies, by width and format. The original is read once, and only if a copy is missing."""
    names, content = [], b""
    for width, format in wanted:
        size = "" if width is None else f"-{width}"
        name = f"shown/{image.sha256[:2]}/{image.sha256}{size}.{SUFFIX[format]}"
        if not default_storage.exists(name):
            content = content or read_original(image)
            write_whole(name, rendered(image, content, width, format))
        names.append(name)
    return names


def read_original(image: Image) -> bytes:
    name = original_name(image.sha256, image.format)
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise no_original(name, "is not there") from error


def rendered(image: Image, content: bytes, width: int | None, format: str) -> bytes:
    try:
        return render(content, width=width, format=format)
    except BadImage as error:
        raise no_original(original_name(image.sha256, image.format), "cannot be read") from error


def no_original(name: str, problem: str) -> NoOriginal:
    """The error for who looks at the picture; the log names the file for who looks after the storage."""
    logger.error("%s %s", name, problem)
    return NoOriginal(_("the image's original is missing or broken"))


def write_whole(name: str, content: bytes) -> None:
    """Store the file under exactly this name, whole or not at all; another process may do the same at the same time."""
    try:
        place = Path(default_storage.path(name))
    except NotImplementedError:  # an object store
        default_storage.save(name, ContentFile(content))
        return
    draft = Path(default_storage.path(default_storage.save(f"making/{uuid4().hex}", ContentFile(content))))
    with draft.open("rb") as file:
        os.fsync(file.fileno())  # else the name could survive a power cut without what it names
    place.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(place)


def pieces(name: str, start: int, stop: int) -> Iterator[bytes]:
    """The bytes of a stored file from `start` up to `stop`; no other bytes are read."""
    with default_storage.open(name) as file:
        if remote := getattr(file, "obj", None):  # in an object store, which sends a part
            with closing(remote.get(Range=f"bytes={start}-{stop - 1}")["Body"]) as body:
                yield from body.iter_chunks(PIECE)
            return
        file.seek(start)
        while start < stop and (piece := file.read(min(PIECE, stop - start))):
            start += len(piece)
            yield piece
