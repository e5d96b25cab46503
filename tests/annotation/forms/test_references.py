"""The form of a reference answer: blocks that a button adds, takes away or moves."""

import pytest

from annotation.errors import ValidationError
from annotation.forms.references import posted_blocks, posted_profile, rearranged, reference_filters, revision_number
from tests.factories import block


def test_the_blocks_come_in_their_order_and_empty_ones_stay() -> None:
    post = {"blocks": "3", "text-0": "a\r\nb", "image-2": "key", "text-9": "beyond"}
    assert posted_blocks(post) == [block("a\nb"), block(), block(None, "key")]


def test_a_profile_has_the_criteria_that_have_a_level() -> None:
    post = {"profile-a": "3", "profile-b": "", "profile-c": "much", "profile-d": "2"}
    assert posted_profile(post, "abc") == {"a": 3, "c": "much"}


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30])
def test_a_number_of_blocks_that_is_none_gives_none(number: str) -> None:
    assert posted_blocks({"blocks": number, "text-0": "a"}) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("add", [block("a", "key"), block("b"), block()]),
        ("remove-1", [block("a", "key")]),
        ("clear-0", [block("a"), block("b")]),
        ("up-1", [block("b"), block("a", "key")]),
        ("up-0", [block("a", "key"), block("b")]),
        ("down-0", [block("b"), block("a", "key")]),
        ("down-9", [block("a", "key"), block("b")]),
    ],
)
def test_a_button_rearranges_the_blocks(wanted: str, expected: list[object]) -> None:
    assert rearranged([block("a", "key"), block("b")], wanted) == expected


def test_filters_that_cannot_be_read_are_named() -> None:
    assert reference_filters({"state": "waiting"}) == ("", "waiting")
    with pytest.raises(ValidationError, match="`none`: expected one of missing, waiting, approved"):
        reference_filters({"state": "none"})
    with pytest.raises(ValidationError, match="NUL"):
        reference_filters({"category": "\0"})


@pytest.mark.parametrize("value", ["", "x", "-1", None, 1.5, True, [1]])
def test_what_is_no_number_of_a_revision_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        revision_number(value, "revision")
    assert (revision_number("2", "revision"), revision_number(3, "revision")) == (2, 3)
