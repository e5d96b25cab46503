"""A rubric file with its images, in a folder or a .zip; whatever else a path names is not read."""

from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

from rubrics.checks import BadRubric
from rubrics.models import ExampleImage, Rubric
from rubrics.packages import in_folder, opened, packed
from rubrics.versioning import content_of
from rubrics.yaml import RubricFile, read, read_bytes
from tests.factories import criterion, png, rubric_file


def written(image: str = "images/a.png") -> bytes:
    text = criterion(key="text")
    text["levels"][2]["example"] = {"text": "As here.", "image": image}
    return yaml.safe_dump(rubric_file(criteria=[text])).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rubric" / "images").mkdir(parents=True)
    (tmp_path / "rubric" / "images" / "a.png").write_bytes(png())
    (tmp_path / "rubric" / "rubric.yaml").write_bytes(written())
    (tmp_path / "secret.png").write_bytes(png("blue"))
    return tmp_path / "rubric"


def same(first: RubricFile, second: RubricFile) -> bool:
    return (first, first.pictures) == (second, second.pictures)


def test_a_folder_and_a_zip_give_the_same_rubric(folder: Path) -> None:
    content = read(folder / "rubric.yaml")
    [picture] = content.pictures.values()
    assert (content.criteria[0].examples, content.criteria[0].example_images) == ({2: "As here."}, {2: picture.sha256})
    for prefix in ("", "mine/"):
        zipped = packed({f"{prefix}rubric.yml": written(), f"{prefix}images/a.png": png()})
        assert same(read_bytes(zipped), content)
        (folder / "rubric.zip").write_bytes(zipped)
        assert same(read(folder / "rubric.zip"), content)


@pytest.mark.parametrize("path", ["../secret.png", "/etc/passwd", "images", "images/none.png", "a\0b", ""])
def test_nothing_outside_of_the_folder_is_read(folder: Path, path: str) -> None:
    assert in_folder(folder)(path) is None
    assert in_folder(folder)(str(folder.parent / "secret.png")) is None


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    assert in_folder(folder)("link.png") is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (packed({"a.png": png()}), "expected a .zip with one rubric file, in YAML or JSON"),
        (packed({"a.yaml": b"", "b.json": b""}), "expected a .zip with one rubric file, in YAML or JSON"),
        (b"PK\x03\x04 and no more", "expected a whole .zip: File is not a zip file"),
        (packed({"a.yaml": written()}), "images/a.png is not there: images come in a .zip with the file"),
    ],
)
def test_a_zip_that_is_none_is_named(content: bytes, told: str) -> None:
    with pytest.raises(BadRubric, match=told):
        read_bytes(content)


def test_a_broken_member_is_no_image() -> None:
    zipped = packed({"a.yaml": written(), "images/a.png": png()})
    place = zipped.index(b"PK\x03\x04", 4) + 30 + len("images/a.png")
    _text, read_file = opened(zipped[:place] + b"\xff" * 8 + zipped[place + 8 :])
    assert read_file("images/a.png") is None


@pytest.mark.django_db
def test_load_rubric_stores_the_images_with_the_rubric_once(folder: Path) -> None:
    for _time in range(2):
        call_command("load_rubric", str(folder / "rubric.yaml"), "--json")
    rubric = Rubric.objects.with_content().get()
    assert content_of(rubric) == read(folder / "rubric.yaml")
    assert [bytes(image.original) for image in ExampleImage.objects.all()] == [png()]
