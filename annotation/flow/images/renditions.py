"""Names of stored images, and the copies of them that pages show, which are made when they are first asked for.

originals/HA/HASH.suffix is the file as it was loaded, for releases. shown/HA/HASH.suffix is upright, in sRGB and without
metadata; shown/HA/HASH-WIDTH.suffix is that scaled down; shown/HA/HASH-seen.png is what releases hold in place of an original
that plain readers show otherwise. HA is the hash's first two digits. A file under shown/ is always whole: on a file system a copy
is written under making/ and then renamed, and an object store shows an object when all of it is there. Files left under making/
are of a process that was killed, and may be deleted; so may shown/, which is made again.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.images.turns import turn
from annotation.imaging.as_seen import as_seen
from annotation.imaging.as_seen import why_otherwise as otherwise_of
from annotation.imaging.inspect import LONGEST_SIDE, SUFFIX, BadImage
from annotation.imaging.render import render
from annotation.models import Image
from config.modes import SENT_FILE, make_passage

logger = logging.getLogger(__name__)
Converted = TypeVar("Converted", bytes, str)

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


def rendition(image: Image, width: int | None = None, format: str = "", *, wait: float | None = None) -> str:
    """The storage's name of a copy for showing, which is made if it is not there.

    Without a width it is the picture's own size and format, else one of `widths` as WEBP or JPEG. Others may be making copies:
    `wait` says for how many seconds to wait for them at most. Raises NoOriginal, NotYet.
    """
    return make_copies(image, [(width, format or image.format)], wait=wait)[0]


def prepare(image: Image) -> None:
    """Make all the copies that pages can ask for. Raises NoOriginal."""
    make_copies(image, [(None, image.format), *((width, format) for width in widths(image) for format in FORMATS)])


def seen_copy(image: Image) -> str:
    """The storage's name of what a plain reader shows as pages show the image, made if it is not there. Raises NoOriginal."""
    name = f"shown/{image.sha256[:2]}/{image.sha256}-seen.png"
    if not default_storage.exists(name):
        with turn(image, wait=None):
            write_whole(name, converted(image, as_seen, read_original(image)))
    return name


def why_otherwise(image: Image) -> str:
    """What its row should say of how plain readers show it; reads the original where the row says nothing. Raises NoOriginal."""
    return image.shown_otherwise or converted(image, otherwise_of, read_original(image))


def make_copies(image: Image, wanted: Sequence[tuple[int | None, str]], *, wait: float | None = None) -> list[str]:
    """The storage's names of the copies, by width and format. The original is read once, and only if a copy is missing."""
    names, content = [], b""
    for width, format in wanted:
        size = "" if width is None else f"-{width}"
        name = f"shown/{image.sha256[:2]}/{image.sha256}{size}.{SUFFIX[format]}"
        names.append(name)
        if default_storage.exists(name):
            continue
        with turn(image, wait=wait):
            if not default_storage.exists(name):  # else somebody has just made it
                content = content or read_original(image)
                write_whole(name, converted(image, partial(render, width=width, format=format), content))
    return names


def read_original(image: Image) -> bytes:
    name = original_name(image.sha256, image.format)
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise no_original(name, "is not there") from error


def converted(image: Image, convert: Callable[[bytes], Converted], content: bytes) -> Converted:
    try:
        return convert(content)
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
    make_passage(place.parent)
    draft.chmod(SENT_FILE)
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
