"""The check of a release's folder against its manifest."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson


def verify(folder: Path) -> list[str]:
    """The differences between the folder and its manifest, empty when there are none. Never raises for bad input."""
    try:
        manifest = orjson.loads((folder / "manifest.json").read_bytes())
    except OSError as error:
        return [f"manifest.json: {error.strerror}"]
    except orjson.JSONDecodeError as error:
        return [f"manifest.json: not JSON: {error}"]
    digests = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(digests, dict):
        return ["manifest.json: expected the files with their SHA-256"]
    problems = [problem for name, digest in digests.items() if (problem := check_file(folder, name, digest))]
    unlisted = set(files_in(folder)) - set(digests) - {"manifest.json"}
    problems += [f"{name}: not in the manifest" for name in sorted(map(printable, unlisted))]
    return problems


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
