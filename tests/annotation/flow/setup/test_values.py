"""What a project's settings may be, whoever sends them: a form's texts and a script's numbers alike."""

from typing import Any

import pytest

from annotation.flow.setup.values import read_overlap_values, read_seed, read_share, read_slug, read_title


@pytest.mark.parametrize(("value", "read"), [("3", 3), (3, 3), (" 12 ", 12)])
def test_a_number_may_be_a_text_as_a_form_sends_it(value: Any, read: int) -> None:
    assert read_seed(value) == read


@pytest.mark.parametrize("value", ["", "3.5", 3.5, True, None, "-1", [3], "9" * 30])
def test_anything_else_is_no_number_and_is_quoted(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^expected a whole number from 0 to 9223372036854775807, not `"):
        read_seed(value)


@pytest.mark.parametrize("value", ["", "Big", "a b", "é", "a" * 101, None, 3])
def test_a_slug_has_small_letters_digits_and_hyphens(value: Any) -> None:
    with pytest.raises(ValueError, match=r"is no slug: expected at most 100 small letters, digits and hyphens$"):
        read_slug(value)


@pytest.mark.parametrize("value", ["", "  ", None, "a\0b", "t" * 201])
def test_a_title_is_a_text_of_at_most_200_characters(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^expected a title of at most 200 characters, not `"):
        read_title(value)


@pytest.mark.parametrize("value", [-0.1, 1.1, "0.5", True, None])
def test_a_share_is_a_number_from_0_to_1(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^expected a share from 0 to 100 %, not `"):
        read_share(value)


NO_LARGER = "expected a share above 0 % for which the larger number holds, or no larger number"


@pytest.mark.parametrize(
    ("share", "larger", "faults"),
    [
        (0, None, {}),
        (0, "", {}),
        (0.2, 2, {}),
        (1, "2", {}),
        (0, 2, {"larger_share": NO_LARGER}),
        (0.2, None, {"larger_overlap": "expected more than the 1 of the other responses, not `null`"}),
        (0.2, 1, {"larger_overlap": "expected more than the 1 of the other responses, not `1`"}),
        (2, 0, {
            "larger_share": "expected a share from 0 to 100 %, not `2`",
            "larger_overlap": "expected a whole number from 1 to 100, not `0`",
        }),
    ],
)  # fmt: skip
def test_a_share_has_a_larger_number_and_the_larger_number_a_share(share: Any, larger: Any, faults: dict[str, str]) -> None:
    assert read_overlap_values({"overlap": 1, "larger_share": share, "larger_overlap": larger})[1] == faults
