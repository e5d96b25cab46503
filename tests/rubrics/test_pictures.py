"""Images of examples: a path in a file becomes the hash of the image, and the other way round."""

import hashlib

import pytest

from rubrics.checks import BadRubric
from rubrics.pictures import LARGEST, Picture, examined, with_hashes, with_paths
from tests.factories import criterion, png, rubric_file

RED = png("red")
DIGEST = hashlib.sha256(RED).hexdigest()


def record(image: object) -> dict[str, object]:
    text = criterion(key="text")
    text["levels"][2]["example"] = {"text": "As here.", "image": image}
    return rubric_file(criteria=[text])


def test_a_path_becomes_the_hash_of_the_image_and_a_hash_its_path() -> None:
    written = record("images/a.png")
    data, pictures = with_hashes(written, {"images/a.png": RED}.get)
    assert (data, pictures) == (record(DIGEST), {DIGEST: Picture(DIGEST, "PNG", RED, pictures[DIGEST].shown)})
    assert written == record("images/a.png")
    assert with_paths(record(DIGEST), {DIGEST: "images/a.png"}) == record("images/a.png")


def test_a_hash_and_what_is_no_rubric_stay_as_they_are() -> None:
    for data in (record(DIGEST), record(7), [], {"criteria": 3}, {"criteria": [{"levels": [1]}, 2]}, None):
        assert with_hashes(data, {}.get) == (data, {})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "images/a.png is not there: images come in a .zip with the file"),
        (b"no image", "expected a whole JPEG, PNG, WebP or GIF image"),
        (b"x" * (LARGEST + 1), "expected an image of at most 4 MB"),
    ],
)
def test_what_is_no_image_is_named_with_its_field(content: bytes | None, told: str) -> None:
    with pytest.raises(BadRubric) as caught:
        with_hashes(record("images/a.png"), lambda _path: content)
    assert caught.value.fields == {"criteria[1].levels.2.example.image": told}


def test_the_copy_for_pages_has_no_metadata() -> None:
    marked = RED.replace(b"IDAT", b"IDAT", 1)
    picture = examined(marked, "image")
    assert (picture.original, picture.format, picture.shown[:4]) == (marked, "PNG", b"\x89PNG")
