"""Secrets of this installation: made once, readable by their owner only, the same for processes that start at once."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def stored_secret(path: Path, length: int = 64) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_name(f".{path.name}.{os.getpid()}")
        with open(os.open(own, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(length))
        with suppress(FileExistsError):
            os.link(own, path)  # refuses to replace: the first process wins, with a whole file
        own.unlink()
    return path.read_text()
