"""The files that a database names; tests/annotation/flow/images/test_object_storage.py has those of a bucket."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from annotation.flow.backup.contents import Contents
from annotation.flow.backup.files import Earlier, changed_in_storage, copy_stored, put_stored_back
from annotation.flow.backup.manifest import Manifest
from annotation.flow.images.renditions import original_name
from annotation.flow.progress import silent
from tests.factories import png

DIGEST = hashlib.sha256(png()).hexdigest()
NAME = original_name(DIGEST, "PNG")


def contents(images: list[tuple[str, str]], *, uploads: tuple[str, ...] = ()) -> Contents:
    return Contents([], {}, images, ["releases/1/labels.jsonl"], list(uploads))


@pytest.fixture(autouse=True)
def stored(own_images: Path) -> None:
    for name, content in ((NAME, png()), ("releases/1/labels.jsonl", b"{}"), ("uploads/a.json", b"[]"), ("other.txt", b"")):
        default_storage.save(name, ContentFile(content))


def test_the_files_that_are_named_are_copied_and_no_others(tmp_path: Path) -> None:
    copied = copy_stored(contents([(DIGEST, "PNG")], uploads=("uploads/a.json",)), tmp_path / "backup", None, silent)
    names = [f"stored/{name}" for name in (NAME, "releases/1/labels.jsonl", "uploads/a.json")]
    below = [path.relative_to(tmp_path / "backup").as_posix() for path in (tmp_path / "backup").rglob("*") if path.is_file()]
    assert (sorted(copied.files), sorted(below)) == (sorted(names), sorted(names))
    assert copied.files[f"stored/{NAME}"] == DIGEST
    assert (copied.missing, copied.damaged, copied.linked) == ([], [], 0)


def test_what_is_missing_or_damaged_in_the_storage_is_told(tmp_path: Path, own_images: Path) -> None:
    (own_images / NAME).write_bytes(b"damaged")
    lost = original_name("0" * 64, "PNG")
    copied = copy_stored(
        contents([(DIGEST, "PNG"), ("0" * 64, "PNG")], uploads=("uploads/gone",)), tmp_path / "backup", None, silent
    )
    assert (copied.missing, copied.damaged) == ([lost], [NAME])  # an upload goes when its job is done


def test_what_an_earlier_backup_lost_is_copied_from_the_storage(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    named = contents([(DIGEST, "PNG")])
    copied = copy_stored(named, first, None, silent)
    (first / "stored" / NAME).unlink()
    manifest = Manifest("sqlite", "", "", [], {}, True, copied.files)
    again = copy_stored(named, second, Earlier(first, manifest), silent)
    assert (again.files, again.linked) == (copied.files, 1)
    assert (second / "stored" / NAME).read_bytes() == png()


def test_what_was_put_back_is_compared(tmp_path: Path, own_images: Path) -> None:
    copied = copy_stored(contents([(DIGEST, "PNG")]), tmp_path / "backup", None, silent)
    manifest = Manifest("sqlite", "", "", [], {}, True, copied.files)
    for name in (NAME, "releases/1/labels.jsonl"):
        default_storage.delete(name)
    assert put_stored_back(tmp_path / "backup", manifest, silent) == 2
    assert list(changed_in_storage(manifest)) == []
    (own_images / NAME).write_bytes(b"changed")
    default_storage.delete("releases/1/labels.jsonl")
    assert list(changed_in_storage(manifest)) == [NAME, "releases/1/labels.jsonl"]
