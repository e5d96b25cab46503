"""A field at fault is named as its page names it."""

import pytest

from annotation.templatetags.fields import field_title


@pytest.mark.parametrize(
    ("field", "title"),
    [
        ("check_size", "Size of the check split"),
        ("errors[2]", "Error types"),
        ("errors.2", "Error types"),
        ("blocks[0].image", "Block 1"),
        ("pgae", "pgae"),
        ("", ""),
    ],
)
def test_a_field_has_its_title_and_an_unknown_one_its_name(field: str, title: str) -> None:
    assert str(field_title(field)) == title
