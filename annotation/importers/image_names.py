"""Finds the file that a record means by the name of an image, in a folder or in a zip.

The name as it is written comes first, then with slashes for backslashes, then with its escapes decoded, as in a%20b.png. Each may
stand in any Unicode form: a Mac decomposes letters. Where that leaves a choice, or nothing but a near miss, it is a fault.
"""

import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Protocol
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _

from annotation.errors import quoted
from annotation.imaging.inspect import BadImage

Form = Callable[[str], str]


class NoFile(BadImage):
    """There is no file of this name."""


class Names(Protocol):
    """The names of the files in a folder or a zip, as paths relative to the file of records."""

    def has(self, path: str) -> bool: ...

    def alike(self, path: str, form: Form) -> list[str]:
        """The files whose names are the path's in this form, in order."""


def composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def in_small_letters(name: str) -> str:
    return composed(unicodedata.normalize("NFKC", name).casefold())


def without_suffix(name: str) -> str:
    return posixpath.splitext(in_small_letters(name))[0]


def find(path: str, names: Names) -> str:
    """The path of the file that is meant. Raises BadImage."""
    tried = []
    for reading in readings(path):
        check_path(reading)
        if match := file_named(reading, names):
            return match
        tried.append(reading)
    raise no_file(tried, near_misses(tried, names))


def readings(path: str) -> Iterator[str]:
    """What the path may mean, the likeliest first."""
    with_slashes = path.replace("\\", "/")
    yield from dict.fromkeys((path, with_slashes, unquote(with_slashes)))


def file_named(path: str, names: Names) -> str | None:
    """Raises BadImage where two files have the name."""
    if path.isascii():
        return path if names.has(path) else None
    same = names.alike(path, composed)
    if len(same) > 1:
        raise BadImage(_("%(count)s files have this name, in different Unicode forms: expected one"), count=len(same))
    return same[0] if same else None


def check_path(path: str) -> None:
    """Check that an image's path leads down from the folder of the file of records. Raises BadImage."""
    if "://" in path or path.startswith(("data:", "//")):
        raise BadImage(_("expected a path relative to the file: nothing is fetched from the network"))
    if posixpath.isabs(path) or ".." in PurePosixPath(path).parts or PureWindowsPath(path).drive:
        raise BadImage(_("expected a path that stays inside the file's folder"))


def near_misses(tried: list[str], names: Names) -> list[str]:
    """Names that differ in the case of letters, else in the suffix."""
    for form in (in_small_letters, without_suffix):
        if near := [name for path in tried for name in names.alike(path, form)]:
            return list(dict.fromkeys(near))
    return []


def no_file(tried: list[str], near: Iterable[str] = ()) -> NoFile:
    others, near = ", ".join(map(quoted, tried[1:])), ", ".join(map(quoted, near))
    if others and near:
        return NoFile(_("there is no such file, nor %(others)s; there is %(near)s"), others=others, near=near)
    if others:
        return NoFile(_("there is no such file, nor %(others)s"), others=others)
    if near:
        return NoFile(_("there is no such file; there is %(near)s"), near=near)
    return NoFile(_("there is no such file"))


class NamesInZip:
    """`paths` are normalized and lie anywhere in the zip; records name files relative to `folder`."""

    def __init__(self, paths: Iterable[str], folder: str) -> None:
        self.paths, self.folder = set(paths), folder
        self.forms: dict[Form, dict[str, list[str]]] = {}

    def full(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(self.folder, path))

    def has(self, path: str) -> bool:
        return self.full(path) in self.paths

    def alike(self, path: str, form: Form) -> list[str]:
        if form not in self.forms:
            by_form: dict[str, list[str]] = {}
            for name in sorted(self.paths):
                by_form.setdefault(form(name), []).append(name)
            self.forms[form] = by_form  # only when it is whole: several threads ask
        below = f"{self.folder}/" if self.folder else ""
        same = self.forms[form].get(form(self.full(path)), [])
        return [name.removeprefix(below) for name in same if name.startswith(below)]


class NamesInFolder:
    """Reads a folder when a name is asked for that is not there as it is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.forms: dict[tuple[str, Form], dict[str, list[str]]] = {}

    def has(self, path: str) -> bool:
        try:
            return (self.folder / path).is_file()
        except (OSError, ValueError, RuntimeError):  # RuntimeError: links that lead to themselves
            return False

    def alike(self, path: str, form: Form) -> list[str]:
        folders = [""]
        *parents, name = PurePosixPath(path).parts or ("",)
        for part in parents:
            folders = [
                posixpath.join(folder, same) for folder in folders for same in self.children(folder, form).get(form(part), [])
            ]
        paths = [posixpath.join(folder, same) for folder in folders for same in self.children(folder, form).get(form(name), [])]
        return [path for path in paths if self.has(path)]

    def children(self, folder: str, form: Form) -> dict[str, list[str]]:
        """The names in the folder by their form; those in a folder that leads out are not looked at."""
        if (folder, form) not in self.forms:
            by_form: dict[str, list[str]] = {}
            for name in self.listed(folder):
                by_form.setdefault(form(name), []).append(name)
            self.forms[folder, form] = by_form
        return self.forms[folder, form]

    def listed(self, folder: str) -> list[str]:
        try:
            inside = (self.folder / folder).resolve().is_relative_to(self.folder)
            return sorted(path.name for path in (self.folder / folder).iterdir()) if inside else []
        except (OSError, ValueError, RuntimeError):
            return []
