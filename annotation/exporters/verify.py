"""The check of a release against its manifest: of its folder, or of a .zip of it."""

import hashlib
import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from annotation.exporters import manifest

NOTICE = "RETRACTED.txt"  # in the .zip of a retracted release
LONGEST_NOTICE = 10_000  # bytes of it that are shown
# what reading a damaged archive raises: also an OverflowError, for an offset that no file has
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, OverflowError)


def verify(path: Path) -> list[str]:
    """The differences between a folder, or the .zip of one, and its manifest, empty when there are none.

    That the release was retracted counts as one, where the .zip says so. Never raises for bad input.
    """
    return verify_archive(path) if path.is_file() else verify_folder(path)


def verify_folder(folder: Path) -> list[str]:
    try:
        written = (folder / manifest.NAME).read_bytes()
    except OSError as error:
        return [f"{manifest.NAME}: {error.strerror}"]
    return compared(written, files_in(folder), lambda name, digest: check_file(folder, name, digest), lambda: noticed(folder))


def compared(
    written: bytes, names: Iterable[str], check: Callable[[str, Any], str | None], notice: Callable[[], bytes]
) -> list[str]:
    """`names` are those of the files that are there; `check` says what is wrong with one of the manifest."""
    digests, problems = manifest.read_manifest(written)
    if digests is None:
        return problems
    problems += [problem for name, digest in digests.items() if (problem := check(name, digest))]
    unlisted = set(names) - set(digests) - {manifest.NAME}
    if NOTICE in unlisted:
        words = notice()[:LONGEST_NOTICE].decode(errors="replace")
        problems.append(f"{NOTICE}: {' '.join(words.split())}")
    return problems + [f"{name}: not in the manifest" for name in sorted(map(printable, unlisted - {NOTICE}))]


def files_in(folder: Path) -> Iterator[str]:
    """All files and links, whatever the links lead to; folders that cannot be listed are left out."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name).relative_to(folder).as_posix() for name in (*names, *links))


def printable(name: str) -> str:
    """The name of a file as text: bytes that are no text are written as escapes."""
    return name.encode(errors="backslashreplace").decode()


def check_file(folder: Path, name: str, digest: Any) -> str | None:
    path = folder / name
    # realpath: unlike resolve it does not raise for a link that leads to itself
    if "\0" in name or not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        return f"{name}: leaves the folder"
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return f"{name}: missing"
        with path.open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return f"{name}: missing"
    except OSError as error:
        return f"{name}: {error.strerror}"
    return None if actual == digest else f"{name}: changed since it was released"


def noticed(folder: Path) -> bytes:
    try:
        with (folder / NOTICE).open("rb") as file:
            return file.read(LONGEST_NOTICE)
    except OSError as error:
        return str(error.strerror).encode()


def verify_archive(path: Path) -> list[str]:
    """Of a .zip in which all files are in one folder, or in none. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            return check_archive(archive)
    except UNREADABLE as error:
        return [f"{printable(path.name)}: expected a folder or a .zip: {error}"]


def check_archive(archive: zipfile.ZipFile) -> list[str]:
    members = [member for member in archive.namelist() if not member.endswith("/")]
    top = next((member.removesuffix(manifest.NAME) for member in members if is_manifest(member)), None)
    if top is None:
        return [f"{manifest.NAME}: missing"]
    try:
        written = archive.read(top + manifest.NAME)
    except UNREADABLE as error:
        return [f"{manifest.NAME}: {error}"]
    # what is beside the folder of the release keeps its whole name, with ../ before it
    names = [member.removeprefix(top) if member.startswith(top) else f"../{member}" for member in members]
    twice = sorted(printable(name) for name, count in Counter(names).items() if count > 1)
    problems = compared(
        written, names, lambda name, digest: check_member(archive, top, name, digest), lambda: read_notice(archive, top)
    )
    return problems + [f"{name}: more than once in the archive" for name in twice]


def is_manifest(member: str) -> bool:
    return member == manifest.NAME or (member.count("/") == 1 and member.endswith(f"/{manifest.NAME}"))


def check_member(archive: zipfile.ZipFile, top: str, name: str, digest: Any) -> str | None:
    try:
        with archive.open(top + name) as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # it has no readinto of buffers
    except KeyError:
        return f"{name}: missing"
    except zipfile.BadZipFile:
        return f"{name}: changed since it was released"
    except UNREADABLE as error:
        return f"{name}: {error}"
    return None if actual == digest else f"{name}: changed since it was released"


def read_notice(archive: zipfile.ZipFile, top: str) -> bytes:
    try:
        with archive.open(top + NOTICE) as file:
            return file.read(LONGEST_NOTICE)
    except UNREADABLE as error:
        return str(error).encode()
