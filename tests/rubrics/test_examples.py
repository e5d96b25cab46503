"""An example is a text, or a text and an image by its hash, or one of both."""

import pytest

from rubrics.checks import BadRubric
from rubrics.examples import read_examples

HASH = "a" * 64


def test_texts_and_images_are_read_by_level() -> None:
    data = {
        1: "no example",
        "2": {"example": "Half."},
        3: {"example": {"text": "All.", "image": HASH}},
        4: {"example": {"image": HASH}},
        5: {"example": {"text": ""}},
        6: {"example": None},
    }
    assert read_examples(data, "levels") == ({2: "Half.", 3: "All."}, {3: HASH, 4: HASH})


@pytest.mark.parametrize(
    ("example", "field", "told"),
    [
        (5, "levels.1.example", "expected a text of at most 5000 characters"),
        ({"text": 5}, "levels.1.example", "expected a text of at most 5000 characters"),
        ({"image": "a.png"}, "levels.1.example.image", "expected the SHA-256 of an image that was uploaded"),
        ({"image": 5}, "levels.1.example.image", "expected the SHA-256 of an image that was uploaded"),
        ({"picture": HASH}, "levels.1.example", "unknown picture; expected image, text"),
    ],
)
def test_what_is_none_is_named(example: object, field: str, told: str) -> None:
    with pytest.raises(BadRubric) as caught:
        read_examples({1: {"example": example}}, "levels")
    assert caught.value.fields == {field: told}
