"""A folder against its manifest: each kind of damage is named, and no manifest or folder makes the check itself fail."""

import json
import os
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from annotation.exporters import verify, write
from annotation.exporters.manifest import SEAL, encoded, sealed
from tests.annotation.exporters.records import content, label


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "release").mkdir()
    write(content(label()), tmp_path / "release")
    return tmp_path / "release"


def rename_in_manifest(folder: Path, old: str, new: str) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][new] = manifest["files"].pop(old)
    seal_again(folder, manifest)


def seal_again(folder: Path, manifest: dict[str, Any]) -> None:
    del manifest[SEAL]
    (folder / "manifest.json").write_bytes(encoded(sealed(manifest)))


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


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :]


def test_one_flipped_byte_in_any_file_is_named_and_in_that_file_alone(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    places = random.Random(14)
    for path in files:
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        for place in {0, len(content) - 1, *(places.randrange(len(content)) for _try in range(40))}:
            path.write_bytes(flipped(content, place))
            problems = verify(folder)
            assert any(problem.startswith(f"{name}: ") for problem in problems)
            assert name == "manifest.json" or len(problems) == 1
        path.write_bytes(content)
    assert len(files) > 5
    assert verify(folder) == []


def test_a_manifest_from_before_it_had_a_hash_of_its_own_is_taken(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest[SEAL]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert verify(folder) == []
    (folder / "manifest.json").write_text(json.dumps({"code_version": "0.1.0"} | manifest))
    assert verify(folder) == ["manifest.json: changed since it was released"]


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
    seal_again(folder, manifest)
    assert verify(folder) == ["ratings.csv: changed since it was released"]


def test_a_folder_without_manifest_or_no_folder_at_all_is_a_problem(folder: Path) -> None:
    assert verify(folder / "nowhere") == ["manifest.json: No such file or directory"]
    assert verify(folder / "README.md") == ["README.md: expected a folder or a .zip: File is not a zip file"]
    (folder / "manifest.json").unlink()
    assert verify(folder) == ["manifest.json: No such file or directory"]


def zipped(folder: Path, top: str = "study-1/", **more: bytes) -> Path:
    """The folder as a .zip; `more` are further files in it."""
    path = folder.parent / "release.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, top + file.relative_to(folder).as_posix())
        for name, content in more.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("top", ["study-1/", ""])
def test_a_zip_of_the_folder_is_checked_without_unpacking_it(folder: Path, top: str) -> None:
    assert verify(zipped(folder, top)) == []
    assert sorted(path.name for path in folder.parent.iterdir()) == ["release", "release.zip"]


def test_each_damage_in_a_zip_is_named(folder: Path) -> None:
    (folder / "ratings.csv").write_text("other")
    (folder / "images" / "a.png").unlink()
    path = zipped(folder, **{"study-1/more": b"x", "beside": b"x", "study-1/../../up": b"x"})
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("study-1/README.md", (folder / "README.md").read_bytes())
    assert verify(path) == [
        "images/a.png: missing",
        "ratings.csv: changed since it was released",
        "../../up: not in the manifest",
        "../beside: not in the manifest",
        "more: not in the manifest",
        "README.md: more than once in the archive",
    ]


def test_one_flipped_byte_of_any_file_in_a_zip_is_named(folder: Path) -> None:
    path = zipped(folder)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        for item in archive.infolist():
            if item.file_size:
                start = content.index(item.filename.encode(), item.header_offset) + len(item.filename)
                path.write_bytes(flipped(content, start + item.file_size // 2))
                name = item.filename.removeprefix("study-1/")
                assert any(problem.startswith(f"{name}: ") for problem in verify(path)), name


def test_a_zip_that_is_damaged_anywhere_is_a_problem_and_no_failure(folder: Path) -> None:
    path = zipped(folder)
    content = path.read_bytes()
    places = random.Random(4)
    for _try in range(150):
        path.write_bytes(flipped(content, places.randrange(len(content))))
        assert isinstance(verify(path), list)
    for length in (0, 10, len(content) // 2, len(content) - 5):
        path.write_bytes(content[:length])
        assert verify(path) == ["release.zip: expected a folder or a .zip: File is not a zip file"]


def test_a_zip_without_a_manifest_is_a_problem(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    assert verify(zipped(folder)) == ["manifest.json: missing"]


def test_a_release_that_says_it_was_retracted_is_no_good_one(folder: Path) -> None:
    words = b"Release 1 of study was retracted:\n the images are wrong.\n"
    told = ["RETRACTED.txt: Release 1 of study was retracted: the images are wrong."]
    assert verify(zipped(folder, **{"study-1/RETRACTED.txt": words})) == told
    (folder / "RETRACTED.txt").write_bytes(words)
    assert verify(folder) == told
