"""Opens a file of records with the images that it names: in its folder, or in a zip."""

import io
import lzma
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation.errors import Refused, storable
from annotation.imaging.inspect import LARGEST_FILE, BadImage
from annotation.importers.image_names import NamesInFolder, NamesInZip, find, no_file
from annotation.importers.readers import CHUNK
from annotation.importers.tables import READERS

LARGEST_DIRECTORY = 16 * 1024 * 1024  # bytes in which a zip lists its files: some hundred thousand of them
ENCRYPTED, UTF_8 = 0x1, 0x800  # flags of a file in a zip
MOST_UNPACKED = 200  # times the size of the zip
ALWAYS_UNPACKED = 256 * 1024 * 1024  # bytes that a zip may unpack to whatever its own size is
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Package(Protocol):
    """A file of records and its images."""

    name: str  # of the file of records, for messages
    size: int  # its bytes
    has_images: bool  # False: the file came alone, without a folder or a zip in which images could be

    def open(self) -> AbstractContextManager[BinaryIO]: ...

    def image(self, path: str) -> bytes:
        """The bytes of the image that a record names by this path. Raises BadImage."""


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """A .json, .jsonl, .csv or .tsv with its images in the folder beside it, or a .zip of these. Raises Refused."""
    name = storable(path.name)
    check_name(name)
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error
    with file:
        yield ZipPackage(file, name) if path.suffix.lower() == ".zip" else FilePackage(file, name, path.parent)


def open_upload(file: BinaryIO, name: str) -> Package:
    """As open_package, for an upload: it has no folder, so that only a zip has images. Raises Refused."""
    check_name(name)
    return ZipPackage(file, name) if PurePosixPath(name).suffix.lower() == ".zip" else FilePackage(file, name, None)


def check_name(name: str) -> None:
    if PurePosixPath(name).suffix.lower() not in (*READERS, ".zip"):
        raise Refused(_("%(file)s: expected a file named .json, .jsonl, .csv, .tsv or .zip") % {"file": name})


@dataclass
class FilePackage:
    """A file of records, with its images in `folder` where it has one."""

    file: BinaryIO
    name: str
    folder: Path | None

    def __post_init__(self) -> None:
        self.size = self.file.seek(0, io.SEEK_END)
        self.folder = self.folder and self.folder.resolve()
        self.has_images = self.folder is not None
        self.names = NamesInFolder(self.folder) if self.folder else NamesInZip([], "")

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        self.file.seek(0)
        yield self.file

    def image(self, path: str) -> bytes:
        folder, path = self.folder or Path(), find(path, self.names)
        try:
            target = (folder / path).resolve()
            if not target.is_relative_to(folder):
                raise BadImage(gettext_lazy("expected a path that stays inside the file's folder"))
            with target.open("rb") as file:
                return file.read(LARGEST_FILE + 1)
        except (OSError, ValueError, RuntimeError) as error:
            raise no_file([path]) from error


class ZipPackage:
    """A zip with one file of records. Nothing is unpacked to a disk; links in it are not followed."""

    has_images = True

    def __init__(self, file: BinaryIO, name: str) -> None:
        try:
            check_directory(file)
            self.zip = zipfile.ZipFile(file)
        except DAMAGED as error:
            raise Refused(_("%(file)s: expected a whole zip") % {"file": name}) from error
        # other methods unpack without an end, whatever size the entry claims
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in self.zip.infolist()):
            raise Refused(_("%(file)s: expected files that are stored or deflated") % {"file": name})
        named = [(name_of(info), info) for info in self.zip.infolist()]
        if twice := named_twice([path for path, _info in named]):
            raise Refused(_("%(file)s: %(name)s is in it twice") % {"file": name, "name": storable(twice)})
        self.files = {posixpath.normpath(path): info for path, info in named if not path.endswith("/")}
        packed = file.seek(0, io.SEEK_END)
        if sum(info.file_size for info in self.zip.infolist()) > max(packed * MOST_UNPACKED, ALWAYS_UNPACKED):
            raise Refused(_("%(file)s: unpacks to more than %(times)s times its size") % {"file": name, "times": MOST_UNPACKED})
        path = records_file(self.files, name)
        self.records = self.files[path]
        self.names = NamesInZip(self.files, posixpath.dirname(path))
        self.name = f"{name}: {storable(path)}"
        self.size = self.records.file_size

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        with io.BufferedReader(Unpacked(self.zip, self.records, self.name), CHUNK) as file:
            yield file

    def image(self, path: str) -> bytes:
        info = self.files[self.names.full(find(path, self.names))]
        if stat.S_ISLNK(info.external_attr >> 16):
            raise BadImage(gettext_lazy("expected a file, not a link"))
        try:
            with self.zip.open(info) as file:
                return file.read(LARGEST_FILE + 1)
        except DAMAGED as error:
            raise BadImage(gettext_lazy("cannot be unpacked")) from error


class Unpacked(io.RawIOBase):
    """A file of a zip, unpacked while it is read. Reading raises Refused where the zip is damaged."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> None:
        self.archive, self.info, self.name = archive, info, name
        self.file: IO[bytes] | None = None
        self.done = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.done

    def close(self) -> None:
        if self.file:
            self.file.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        try:
            self.file = self.file or self.archive.open(self.info)
            content = self.file.read(len(buffer))
        except DAMAGED as error:
            raise Refused(_("%(file)s: cannot be unpacked") % {"file": self.name}) from error
        buffer[: len(content)] = content
        self.done += len(content)
        return len(content)


def check_directory(file: BinaryIO) -> None:
    """Raise BadZipFile where the zip's directory, which zipfile reads as a whole, is too large.

    Its size is that of the record that zipfile itself takes for the zip's end: other bytes may look like one.
    """
    record: Any = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if record is None or record[zipfile._ECD_SIZE] > LARGEST_DIRECTORY:  # type: ignore[attr-defined]
        raise zipfile.BadZipFile


def name_of(info: zipfile.ZipInfo) -> str:
    """With slashes, though Windows wrote backslashes; as UTF-8, though a Mac does not say that it is."""
    name = info.filename.replace("\\", "/")
    if not info.flag_bits & UTF_8:
        with suppress(UnicodeError):  # another encoding: the name stays as zipfile reads it
            name = name.encode("cp437").decode()
    return name


def named_twice(names: list[str]) -> str:
    """The first name of a zip that stands for the same file as an earlier one; an empty text where there is none."""
    seen: set[str] = set()
    for name in names:
        path = posixpath.normpath(name) + "/" * name.endswith("/")
        if path in seen and not path.endswith("/"):
            return name
        seen.add(path)
    return ""


def records_file(files: dict[str, zipfile.ZipInfo], name: str) -> str:
    """The path of the one file with a suffix of records in the outermost folder that has such files. Raises Refused where there
    are several, or another of its name elsewhere: it could be meant as well.
    """
    paths = map(PurePosixPath, files)
    candidates = [path for path in paths if path.suffix.lower() in READERS and not hidden(path)]
    stems = [path.stem for path in candidates]
    outermost = min((len(path.parts) for path in candidates), default=0)
    candidates = [path for path in candidates if len(path.parts) == outermost or stems.count(path.stem) > 1]
    if not candidates:
        raise Refused(
            _("%(file)s: expected a .json, .jsonl, .csv or .tsv file in it; a zip in a zip is not opened") % {"file": name}
        )
    if len(candidates) > 1:
        names = ", ".join(sorted(map(str, candidates)))
        raise Refused(_("%(file)s: expected one file of records, not %(names)s") % {"file": name, "names": names})
    [path] = candidates
    if files[str(path)].flag_bits & ENCRYPTED:
        raise Refused(_("%(file)s: expected a zip without a password") % {"file": name})
    return str(path)


def hidden(path: PurePosixPath) -> bool:
    """Whether a file manager left it in the zip, as in __MACOSX/._items.json."""
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)
