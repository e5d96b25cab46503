"""Which file is meant by the name of an image: the same rule in a folder and in a zip."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from annotation.imaging.inspect import BadImage
from annotation.importers.image_names import Names, NamesInFolder, NamesInZip, find

NFC, NFD = (unicodedata.normalize(form, "Entwürfe/schön.png") for form in ("NFC", "NFD"))
INSIDE = "expected a path that stays inside the file's folder"
Make = Callable[..., Names]


@pytest.fixture(params=["folder", "zip"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes files of these names."""

    def names(*paths: str) -> Names:
        if request.param == "zip":
            return NamesInZip([f"set/{path}" for path in paths] + ["outside.png"], "set")
        (tmp_path / "outside.png").write_bytes(b"")
        for path in paths:
            (tmp_path / "set" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "set" / path).write_bytes(b"")
        return NamesInFolder((tmp_path / "set").resolve())

    return names


def fault(path: str, names: Names) -> str:
    with pytest.raises(BadImage) as caught:
        find(path, names)
    return str(caught.value)


@pytest.mark.parametrize(
    ("there", "path"),
    [
        ("a/b.png", "a/b.png"),
        (NFC, NFD),
        (NFD, NFC),
        ("a/b.png", "a\\b.png"),
        ("a/b c+d.png", "a/b%20c+d.png"),
        ("a/ñ.png", "a/%C3%B1.png"),
        ("a/100%.png", "a/100%.png"),
        (NFD, "Entw%C3%BCrfe\\sch%C3%B6n.png"),
    ],
)
def test_the_file_that_is_meant_is_found(make: Make, there: str, path: str) -> None:
    assert find(path, make(there, "a/other.png")) == there


def test_the_name_as_it_is_written_comes_before_what_it_may_mean(make: Make) -> None:
    names = make("a%20b.png", "a b.png")
    assert (find("a%20b.png", names), find("a b.png", names)) == ("a%20b.png", "a b.png")


def test_two_files_that_differ_in_form_alone_are_a_fault(make: Make) -> None:
    names = make(NFC, NFD)
    expected = "2 files have this name, in different Unicode forms: expected one"
    assert [fault(path, names) for path in (NFC, NFD)] == [expected] * 2


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("a/img_1.jpg", "there is no such file; there is `a/IMG_1.JPG`"),
        ("A/IMG_1.jpg", "there is no such file; there is `a/IMG_1.JPG`"),
        ("a/IMG_1.png", "there is no such file; there is `a/IMG_1.JPG`"),
        ("a\\img_1.jpg", "there is no such file, nor `a/img_1.jpg`; there is `a/IMG_1.JPG`"),
        ("a/x%20y.png", "there is no such file, nor `a/x y.png`"),
        ("a/none.png", "there is no such file"),
        ("a", "there is no such file"),
        ("", "there is no such file"),
        ("a\0", "there is no such file"),
        ("../outside.png", INSIDE),
        ("..\\outside.png", INSIDE),
        ("%2e%2e/outside.png", INSIDE),
        ("a\\..\\..\\outside.png", INSIDE),
        ("\\etc\\hostname", INSIDE),
        ("C:\\pictures\\a.png", INSIDE),
        ("https://pictures.example/a.png", "expected a path relative to the file: nothing is fetched from the network"),
    ],
)
def test_a_near_miss_is_named_and_nothing_outside_is_reached(make: Make, path: str, message: str) -> None:
    assert fault(path, make("a/IMG_1.JPG")) == message


def test_a_folder_that_a_link_leads_out_to_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "Secret.png").write_bytes(b"")
    (tmp_path / "set" / "up").symlink_to(tmp_path)
    assert fault("up/secret.png", NamesInFolder((tmp_path / "set").resolve())) == "there is no such file"
