"""A folder against its manifest: each kind of damage is named, and no manifest or folder makes the check itself fail."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from annotation.exporters import Content, verify, write
from tests.annotation.exporters.records import RUBRIC, label


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    content = Content("p", "P", (label(),), (), {"r@1": RUBRIC}, {"project": "p"}, lambda _name: b"png")
    (tmp_path / "release").mkdir()
    write(content, tmp_path / "release")
    return tmp_path / "release"


def rename_in_manifest(folder: Path, old: str, new: str) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][new] = manifest["files"].pop(old)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_folder_as_it_was_written_has_no_problem(folder: Path) -> None:
    assert verify(folder) == []


def test_each_damage_is_named(folder: Path) -> None:
    (folder / "ratings.csv").write_text("other")
    (folder / "images" / "a.png").unlink()
    (folder / "images" / "b.png").write_bytes(b"png")
    assert verify(folder) == [
        "images/a.png: missing",
        "ratings.csv: changed since it was released",
        "images/b.png: not in the manifest",
    ]


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "images/../../secret", "a\0b"])
def test_a_path_that_leaves_the_folder_is_not_followed(folder: Path, name: str) -> None:
    (folder.parent / "secret").write_text("x")
    rename_in_manifest(folder, "ratings.csv", name)
    assert verify(folder) == [f"{name}: leaves the folder", "ratings.csv: not in the manifest"]


def test_a_link_out_of_the_folder_is_named_whether_listed_or_not(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "more").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "README.md").write_bytes((folder / "README.md").read_bytes())
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to(tmp_path / "elsewhere" / "README.md")
    assert verify(folder) == ["README.md: leaves the folder", "more: not in the manifest"]


def test_a_name_too_long_for_any_file_is_a_problem_and_no_failure(folder: Path) -> None:
    rename_in_manifest(folder, "ratings.csv", "a" * 5000)
    assert verify(folder) == [f"{'a' * 5000}: File name too long", "ratings.csv: not in the manifest"]


def test_a_link_to_itself_is_a_problem_and_no_failure(folder: Path) -> None:
    (folder / "ratings.csv").unlink()
    (folder / "ratings.csv").symlink_to("ratings.csv")
    assert verify(folder) == ["ratings.csv: Too many levels of symbolic links"]


def test_a_file_whose_name_is_no_text_is_named_so_that_it_can_be_printed(folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9")).write_text("x")
    assert verify(folder) == ["caf\\udce9: not in the manifest"]


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        (b"{", "manifest.json: not JSON: "),
        (b"\xff", "manifest.json: not JSON: "),
        (b"[" * 100_000, "manifest.json: not JSON: "),
        (b"[]", "manifest.json: expected the files with their SHA-256"),
        (b'{"files": ["a"]}', "manifest.json: expected the files with their SHA-256"),
    ],
)
def test_a_manifest_that_is_none_is_a_problem(folder: Path, manifest: bytes, problem: str) -> None:
    (folder / "manifest.json").write_bytes(manifest)
    assert [line.startswith(problem) for line in verify(folder)] == [True]


@pytest.mark.parametrize("digest", [None, 3, ["x"], {}])
def test_a_digest_that_is_none_is_a_changed_file(folder: Path, digest: Any) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["ratings.csv"] = digest
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert verify(folder) == ["ratings.csv: changed since it was released"]


def test_a_folder_without_manifest_or_no_folder_at_all_is_a_problem(folder: Path) -> None:
    assert verify(folder / "nowhere") == ["manifest.json: No such file or directory"]
    assert verify(folder / "README.md") == ["manifest.json: Not a directory"]
    (folder / "manifest.json").unlink()
    assert verify(folder) == ["manifest.json: No such file or directory"]
