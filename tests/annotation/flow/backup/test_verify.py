"""What the check of a backup finds; tests/test_backups.py has backups of whole installations."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.flow.backup.manifest import Manifest
from annotation.flow.backup.verify import check_dump, verify

PICTURE = b"a picture"
DIGEST = hashlib.sha256(PICTURE).hexdigest()
STORED = f"stored/originals/{DIGEST[:2]}/{DIGEST}.png"
SCHEMA = f"""
CREATE TABLE annotation_image (id INTEGER PRIMARY KEY, sha256 TEXT, format TEXT);
CREATE TABLE annotation_item (id INTEGER PRIMARY KEY, image INTEGER REFERENCES annotation_image(id));
INSERT INTO annotation_image VALUES (1, '{DIGEST}', 'PNG');
INSERT INTO annotation_item VALUES (7, 1);
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole backup of an image and what refers to it."""
    made = tmp_path / "backup"
    (made / STORED).parent.mkdir(parents=True)
    (made / STORED).write_bytes(PICTURE)
    with closing(sqlite3.connect(made / "database.sqlite3")) as database:
        database.executescript(SCHEMA)
    files = {STORED: DIGEST, "database.sqlite3": digest_of(made / "database.sqlite3")}
    rows = {"annotation_image": 1, "annotation_item": 1}
    manifest = Manifest("sqlite", "2026-11-23T12:00:00+00:00", "0.1.0", [], rows, True, files)
    (made / "manifest.json").write_bytes(manifest.written())
    return made


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def changed(folder: Path, statement: str) -> None:
    """Change the database, and the manifest with it, as if the backup had been made so."""
    with closing(sqlite3.connect(folder / "database.sqlite3")) as database:
        database.execute(statement)
        database.commit()
    manifest = Manifest.read(folder)
    files = manifest.files | {"database.sqlite3": digest_of(folder / "database.sqlite3")}
    (folder / "manifest.json").write_bytes(replace(manifest, files=files).written())


def rewritten(folder: Path, old: bytes, new: bytes) -> None:
    manifest = folder / "manifest.json"
    assert old in manifest.read_bytes()
    manifest.write_bytes(manifest.read_bytes().replace(old, new))


def test_nothing_is_wrong_with_a_whole_backup(folder: Path) -> None:
    assert verify(folder) == []
    assert sorted(path.name for path in folder.iterdir()) == ["database.sqlite3", "manifest.json", "stored"]


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "one byte of a file": (lambda it: (it / STORED).write_bytes(b"A picture"), f"{STORED}: changed since the backup was made"),
    "a file that went": (lambda it: (it / STORED).unlink(), f"{STORED}: missing"),
    "a file that came": (lambda it: (it / "notes.txt").touch(), "notes.txt: not in the manifest"),
    "a byte of the database": (
        lambda it: (it / "database.sqlite3").write_bytes((it / "database.sqlite3").read_bytes() + b"!"),
        "database.sqlite3: changed since the backup was made",
    ),
    "the manifest": (lambda it: rewritten(it, b'"0.1.0"', b'"0.1.1"'), "manifest.json: changed since the backup was made"),
    "no manifest": (lambda it: (it / "manifest.json").unlink(), "manifest.json: No such file or directory"),
    "a row that came": (
        lambda it: changed(it, "INSERT INTO annotation_item VALUES (8, 1)"),
        "database.sqlite3: annotation_item: 2 rows, in the manifest 1",
    ),
    "a row that refers to none": (
        lambda it: changed(it, "UPDATE annotation_item SET image = 9"),
        "database.sqlite3: a row of annotation_item refers to none",
    ),
    "an image that is not there": (
        lambda it: changed(it, f"UPDATE annotation_image SET sha256 = '{'0' * 64}'"),
        f"{'0' * 64}: an image that the database names is missing",
    ),
}


@pytest.mark.parametrize(("spoil", "problem"), SPOILT.values(), ids=SPOILT)
def test_what_is_wrong_is_named(folder: Path, spoil: Callable[[Path], object], problem: str) -> None:
    spoil(folder)
    assert verify(folder) == [problem]


def test_a_file_through_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    outside = folder.parent / "outside"
    (folder / STORED).rename(outside)
    (folder / STORED).symlink_to(outside)
    assert verify(folder) == [f"{STORED}: leaves the folder"]


def test_what_the_installation_lacked_is_told_each_time(folder: Path) -> None:
    manifest = Manifest.read(folder)
    missing = f"originals/00/{'0' * 64}.png"
    (folder / "manifest.json").write_bytes(replace(manifest, missing=[missing], damaged=["originals/x"]).written())
    assert verify(folder) == [
        f"{missing}: missing in the storage when the backup was made",
        "originals/x: damaged in the storage when the backup was made",
    ]


def test_a_backup_in_a_later_format_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = Manifest.read(folder)
    with monkeypatch.context() as later:
        later.setattr("annotation.flow.backup.manifest.FORMAT", 2)
        (folder / "manifest.json").write_bytes(manifest.written())
    assert verify(folder) == ["manifest.json: format 2: this version reads format 1"]


TOOL = "#!/bin/sh\necho 'pg_restore: error: {}' >&2\nexit 1\n"


@pytest.mark.parametrize(
    ("error", "problems"),
    [
        ("could not read from input file: end of file", ["dump: pg_restore: error: could not read from input file: end of file"]),
        ("unsupported version (1.16) in file header", []),  # an older pg_restore: that says nothing of the dump
    ],
)
def test_a_dump_that_pg_restore_cannot_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: str, problems: list[str]
) -> None:
    (tmp_path / "pg_restore").write_text(TOOL.format(error))
    (tmp_path / "pg_restore").chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check_dump(tmp_path / "dump") == problems


def test_without_pg_restore_the_hash_speaks_for_a_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check_dump(tmp_path / "dump") == []
