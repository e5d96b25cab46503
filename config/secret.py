"""Secrets of this installation: made once, readable by their owner alone, the same for processes that start together."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def stored_secret(path: Path, length: int = 64) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_name(f".{path.name}.{os.getpid()}")
        with open(os.open(mine, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(length))
        with suppress(FileExistsError):
            os.link(mine, path)  # refuses to replace: who comes first wins, whole
        mine.unlink()
    return path.read_text()
