"""manifest.json of a backup, and the names of what lies beside it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import orjson

from annotation.exporters.manifest import NAME, SEAL, encoded, sealed

FORMAT = 1
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}  # by Django's name of the kind
STORED = "stored"  # the folder of files of the storage
SECRETS = ("secret_key", "demo_password")  # files of DATA_DIR


class BadManifest(Exception):
    """The folder holds no backup that this version reads."""


@dataclass(frozen=True)
class Manifest:
    database: str
    made_at: str  # all that was acknowledged before is in the backup
    code_version: str
    migrations: list[str]
    rows: dict[str, int]  # by table
    has_secret_key: bool
    files: dict[str, str] = field(default_factory=dict)  # the SHA-256 of each, by its path in the folder
    missing: list[str] = field(default_factory=list)  # files that the database names and the storage did not have
    damaged: list[str] = field(default_factory=list)  # images whose bytes in the storage are not those that were loaded

    def written(self) -> bytes:
        return encoded(sealed({"format": FORMAT, **asdict(self)}))

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Raises BadManifest."""
        try:
            written = (folder / NAME).read_bytes()
            values = orjson.loads(written)
        except OSError as error:
            raise BadManifest(f"{NAME}: {error.strerror}") from error
        except orjson.JSONDecodeError as error:
            raise BadManifest(f"{NAME}: not JSON: {error}") from error
        if not isinstance(values, dict) or encoded(sealed(without(values, [SEAL]))) != written:
            raise BadManifest(f"{NAME}: changed since the backup was made")
        if values.get("format") != FORMAT:
            raise BadManifest(f"{NAME}: format {values.get('format')}: this version reads format {FORMAT}")
        try:
            return cls(**without(values, [SEAL, "format"]))
        except TypeError as error:
            raise BadManifest(f"{NAME}: {error}") from error


def without(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}
