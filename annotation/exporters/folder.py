"""The folder of a release while it is written: each file is hashed as its bytes come."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from os import SEEK_CUR
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import orjson

from annotation.exporters.data import SeenImage

BUFFER = 64 * 1024  # bytes of a file that wait in memory: a release has some thirty files with lines longer than Python's default


class HashedFile:
    """A binary file to write into, which keeps the SHA-256 of what was written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes | memoryview) -> int:
        self.digest.update(data)
        return self.file.write(data)

    def tell(self) -> int:
        return self.file.tell()

    def flush(self) -> None:
        self.file.flush()

    def close(self) -> None:
        self.file.close()

    @property
    def closed(self) -> bool:
        return self.file.closed

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False


class Folder:
    """For the manifest and the dataset card, `counts` has what the writers count while they write, and `seen` the images that are
    not the files that were loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: dict[str, HashedFile] = {}
        self.counts: dict[str, int] = {}
        self.seen: Sequence[SeenImage] = ()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def open(self, name: str) -> HashedFile:
        """A new file, by its path in the folder. It is closed with the folder, at the latest."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.files[name] = HashedFile(self._stack.enter_context(path.open("xb", buffering=BUFFER)))
        return self.files[name]

    def scratch(self) -> IO[bytes]:
        """A temporary file without a name, which is gone with the folder's closing."""
        return self._stack.enter_context(tempfile.TemporaryFile(buffering=BUFFER))

    def write(self, name: str, data: bytes) -> None:
        file = self.open(name)
        file.write(data)
        file.close()

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file, sorted by name."""
        return {name: self.files[name].digest.hexdigest() for name in sorted(self.files)}


class JsonLines:
    """A file with a JSON document in each line."""

    def __init__(self, folder: Folder, name: str) -> None:
        self.file = folder.open(name)

    def add(self, document: Any) -> None:
        self.file.write(orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self.file.close()


class TypedLines:
    """A file of JSON lines whose first lines show the type of each key.

    Programs such as `datasets` infer it from the first ten megabytes, and refuse the file where a key that was null, or a list
    that was empty, gets a value later. So the lines with which each key first has a value stand first. The others follow as they
    came; they wait in a temporary file until every key has had a value, at worst to the end.
    """

    def __init__(self, folder: Folder, name: str, has: Callable[[Any], Mapping[str, bool]]) -> None:
        """`has` says of a document which keys, always the same ones, have a value in it."""
        self.file, self.has = folder.open(name), has
        self.waiting = folder.scratch()
        self.missing: set[str] | None = None
        self.first: dict[int, bytes] = {}  # by their places among those that wait

    def add(self, document: Any) -> None:
        data = orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)
        if self.missing is not None and not self.missing:
            self.file.write(data)
            return
        has = self.has(document)
        if self.missing is None:
            self.missing = set(has)
        if new := {key for key in self.missing if has[key]}:
            self.missing -= new
            self.first[self.waiting.tell()] = data
        self.waiting.write(data)
        if not self.missing:
            self.write_waiting()

    def write_waiting(self) -> None:
        for data in self.first.values():
            self.file.write(data)
        end = self.waiting.tell()
        self.waiting.seek(0)
        for place, data in self.first.items():
            self.copy_waiting(place)
            self.waiting.seek(len(data), SEEK_CUR)
        self.copy_waiting(end)
        self.waiting.close()

    def copy_waiting(self, end: int) -> None:
        """From where it stands to this place."""
        while data := self.waiting.read(min(BUFFER, end - self.waiting.tell())):
            self.file.write(data)

    def close(self) -> None:
        if self.missing or self.missing is None:
            self.write_waiting()
        self.file.close()


class JsonArray:
    """A file with one JSON array, an element in each line."""

    def __init__(self, folder: Folder, name: str) -> None:
        self.file = folder.open(name)
        self.start = b"[\n"

    def add(self, document: Any) -> None:
        self.file.write(self.start + orjson.dumps(document))
        self.start = b",\n"

    def close(self) -> None:
        self.file.write(b"[]\n" if self.start == b"[\n" else b"\n]\n")
        self.file.close()
