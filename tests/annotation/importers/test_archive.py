"""A file of records and its images, in a folder or in a zip: what may be read of it, and what not."""

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from annotation.errors import Refused
from annotation.imaging.inspect import BadImage
from annotation.importers.archive import open_package, open_upload
from tests.factories import png


def packed(files: dict[str, bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file


def refusal(folder: Path, path: str) -> str:
    with open_package(folder / "items.json") as package, pytest.raises(BadImage) as caught:
        package.image(path)
    return str(caught.value)


def test_an_image_stands_beside_or_below_the_file(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "items.json").write_text("[]")
    (tmp_path / "images" / "a.png").write_bytes(png())
    with open_package(tmp_path / "items.json") as package, package.open() as file:
        assert (package.name, package.size, file.read()) == ("items.json", 2, b"[]")
        assert package.image("images/a.png") == package.image("./images//a.png") == png()


def test_nothing_outside_of_the_folder_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "items.json").write_text("[]")
    (tmp_path / "secret.png").write_bytes(png())
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "up").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder / "loop")
    os.mkfifo(folder / "pipe.png")
    inside = "expected a path that stays inside the file's folder"
    assert {
        path: refusal(folder, path) for path in ("../secret.png", str(tmp_path / "secret.png"), "link.png", "up/secret.png")
    } == {
        "../secret.png": inside,
        str(tmp_path / "secret.png"): inside,
        "link.png": inside,
        "up/secret.png": inside,
    }
    for path in ("loop", "pipe.png", "", ".", "a\0b", "x" * 5_000):
        assert refusal(folder, path) == "there is no such file"


def test_a_link_that_stays_inside_is_followed(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text("[]")
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "b.png").symlink_to("a.png")
    with open_package(tmp_path / "items.json") as package:
        assert package.image("b.png") == png()


def test_the_records_of_a_zip_may_stand_in_a_folder_with_what_file_managers_add() -> None:
    files = {"study/items.jsonl": b"{}\n", "study/a.png": png(), "__MACOSX/study/._items.jsonl": b"", "study/.b.json": b""}
    package = open_upload(packed(files), "study.zip")
    with package.open() as file:
        assert (package.name, package.size, file.read()) == ("study.zip: study/items.jsonl", 3, b"{}\n")
    assert package.image("a.png") == png()


def test_the_outermost_file_of_records_counts() -> None:
    files = {"items.json": b"[]", "images/colours.json": b"{}", "images/a.png": png()}
    assert open_upload(packed(files), "study.zip").name == "study.zip: items.json"


def test_an_upload_without_a_zip_has_no_images() -> None:
    with pytest.raises(BadImage, match=r"there is no such file"):
        open_upload(io.BytesIO(b"[]"), "items.json").image("items.json")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught, open_package(tmp_path / "none.json"):
        pass
    assert str(caught.value) == f"{tmp_path / 'none.json'}: No such file or directory"


def test_a_zip_that_lists_absurdly_many_files_is_refused_before_they_are_read() -> None:
    content = bytearray(packed({"items.json": b"[]"}).getvalue())
    at = content.rindex(b"PK\5\6") + 12
    content[at : at + 4] = (100 * 1024 * 1024).to_bytes(4, "little")
    with pytest.raises(Refused) as caught:
        open_upload(io.BytesIO(bytes(content)), "many.zip")
    assert str(caught.value) == "many.zip: expected a whole zip"


def listing(size: int, *, disks: bytes = bytes(4)) -> bytes:
    """The record at the end of a zip, which says how many bytes its list has, before an empty comment."""
    return b"PK\5\6" + disks + struct.pack("<HHLLH", 1, 1, size, 0, 0)


def test_the_size_of_the_list_is_that_of_the_record_that_is_used() -> None:
    """Bytes that look like the record's beginning, as the numbers of the disks, made another size of it."""
    content = packed({"items.json": b"[]"}).getvalue()
    content = content[: content.rindex(b"PK\5\6")]
    for end in (listing(100 * 1024 * 1024, disks=b"PK\5\6"), listing(100 * 1024 * 1024)):
        with pytest.raises(Refused) as caught:
            open_upload(io.BytesIO(content + end), "many.zip")
        assert str(caught.value) == "many.zip: expected a whole zip"


def test_bytes_before_the_record_that_look_like_that_of_a_large_zip_are_not_used() -> None:
    looks_alike = b"PK\6\6" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 1, 1, 100 * 1024 * 1024, 0) + bytes(20)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("items.json")
        info.comment = looks_alike  # stands behind the entry, where the list ends
        archive.writestr(info, b"[]")
    package = open_upload(file, "study.zip")
    with package.open() as records:
        assert records.read() == b"[]"


def test_a_name_for_two_files_of_a_zip_is_refused_and_folders_may_be_named_again() -> None:
    file = packed({"images/": b"", "items.json": b"[]", "images/a.png": b"a"})
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("images/", b"")
    assert open_upload(file, "study.zip").image("images/a.png") == b"a"
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("images//a.png", b"b")
    with pytest.raises(Refused, match=r"^study\.zip: images//a\.png is in it twice$"):
        open_upload(file, "study.zip")


def test_what_a_large_zip_says_again_of_its_list_counts() -> None:
    content = packed({"items.json": b"[]"}).getvalue()
    at = content.rindex(b"PK\5\6")
    again = b"PK\6\6" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 1, 1, 100 * 1024 * 1024, 0)
    locator = b"PK\6\7" + struct.pack("<LQL", 0, at, 1)
    with pytest.raises(Refused) as caught:
        open_upload(io.BytesIO(content[:at] + again + locator + content[at:]), "many.zip")
    assert str(caught.value) == "many.zip: expected a whole zip"


def test_an_entry_that_lies_about_its_size_is_not_unpacked_beyond_it() -> None:
    content = bytearray(packed({"items.json": b"[]", "a.png": bytes(1000)}).getvalue())
    at = content.rindex(b"PK\1\2") + 24
    content[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(BadImage, match=r"cannot be unpacked"):
        open_upload(io.BytesIO(bytes(content)), "a.zip").image("a.png")


def test_a_file_whose_name_is_no_text_is_named_with_marks(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.json"))
    path.write_text("[]")
    with open_package(path) as package:
        assert package.name == "caf?.json"


def test_a_damaged_file_of_records_is_refused_while_it_is_read() -> None:
    content = bytearray(packed({"items.json": b"[" + b" " * 200 + b"]"}).getvalue())
    content[content.index(b"[") + 50] = ord("x")
    with pytest.raises(Refused) as caught, open_upload(io.BytesIO(bytes(content)), "a.zip").open() as file:
        file.read()
    assert str(caught.value) == "a.zip: items.json: cannot be unpacked"
