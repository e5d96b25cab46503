"""Takes images in: checked, stored once by hash, with a copy for showing that says nothing of where it came from.

originals/HASH.suffix is what was given, for releases; shown/HASH.suffix is upright and without metadata.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageOps, ImageSequence

SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
LARGEST_FILE = 32 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_FRAMES = 300


class BadImage(Exception):
    """The file is not an image that can be shown; the message says what was expected."""


@dataclass(frozen=True)
class Picture:
    sha256: str
    format: str
    width: int
    height: int
    size: int


def original_name(sha256: str, format: str) -> str:
    return original_file(f"{sha256}.{SUFFIX[format]}")


def original_file(name: str) -> str:
    """Where the original of the image with the release's name, HASH.suffix, is stored."""
    return f"originals/{name[:2]}/{name}"


def shown_name(sha256: str, format: str) -> str:
    return f"shown/{sha256[:2]}/{sha256}.{SUFFIX[format]}"


@dataclass
class Intake:
    """The images of one load. Files that were not there before are taken away again by `undo`."""

    folder: Path
    pictures: dict[str, Picture] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    known: dict[str, str | None] = field(default_factory=dict)

    def take(self, path: str) -> str:
        """The sha256 of the image at the path. Raises BadImage."""
        if path not in self.known:
            content = self.read(path)
            digest = hashlib.sha256(content).hexdigest()
            if digest not in self.pictures:
                self.pictures[digest] = self.store(digest, content)
            self.known[path] = digest
        return str(self.known[path])

    def read(self, path: str) -> bytes:
        if "://" in path or path.startswith("data:"):
            raise BadImage(_("expected a path relative to the file: nothing is fetched from the network"))
        folder = self.folder.resolve()
        try:
            found = (folder / path).resolve()
            if Path(path).is_absolute() or not found.is_relative_to(folder):
                raise BadImage(_("expected a path that stays inside the file's folder"))
            if not found.is_file():
                raise BadImage(_("there is no file %(path)s") % {"path": path})
            if found.stat().st_size > LARGEST_FILE:
                raise BadImage(_("expected at most %(size)s MB") % {"size": LARGEST_FILE // 1024 // 1024})
            return found.read_bytes()
        except (OSError, ValueError) as error:
            raise BadImage(_("there is no file %(path)s that can be read") % {"path": path}) from error

    def store(self, digest: str, content: bytes) -> Picture:
        format, shown, width, height = decode(content)
        self.write(original_name(digest, format), content)
        self.write(shown_name(digest, format), shown)
        return Picture(digest, format, width, height, len(content))

    def write(self, name: str, content: bytes) -> None:
        if not default_storage.exists(name):
            self.written.append(default_storage.save(name, ContentFile(content)))

    def undo(self) -> None:
        for name in self.written:
            default_storage.delete(name)


def decode(content: bytes) -> tuple[str, bytes, int, int]:
    """(format, the copy for showing, its width, its height). Raises BadImage."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(content), formats=tuple(SUFFIX)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise BadImage(_("expected at most %(most)s megapixels") % {"most": MOST_PIXELS // 1_000_000})
                if getattr(image, "n_frames", 1) > MOST_FRAMES:
                    raise BadImage(_("expected at most %(most)s frames") % {"most": MOST_FRAMES})
                format = str(image.format)
                if format == "MPO":
                    format = "JPEG"
                frames = [plain(frame) for frame in ImageSequence.Iterator(image)]
                durations = image.info.get("duration", 100)
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise BadImage(_("expected at most %(most)s megapixels") % {"most": MOST_PIXELS // 1_000_000}) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, IndexError, TypeError) as error:
        raise BadImage(_("expected a whole JPEG, PNG, WebP or GIF image")) from error
    return format, encode(frames, format, durations), frames[0].width, frames[0].height


def plain(frame: Pillow.Image) -> Pillow.Image:
    """The frame turned upright, with its pixels and transparency and nothing else."""
    upright = ImageOps.exif_transpose(frame.copy())
    upright.info = {key: value for key, value in upright.info.items() if key == "transparency"}
    if hasattr(upright, "text"):
        upright.text = {}
    return upright


def encode(frames: list[Pillow.Image], format: str, durations: int) -> bytes:
    file = io.BytesIO()
    options: dict[str, Any] = {
        "JPEG": {"quality": 92, "optimize": True},
        "PNG": {},
        "WEBP": {"quality": 92},
        "GIF": {},
    }[format]
    if format in ("GIF", "WEBP") and len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:], "duration": durations, "loop": 0}
    frames[0].save(file, format=format, **options)
    return file.getvalue()
