"""The checks of single values that pages, scripts and files share."""

from typing import Any

import pytest

from annotation.fields import is_empty, is_text, is_whole, language_tag, text_fault, whole_number


@pytest.mark.parametrize(
    ("value", "expected"), [("", True), ("abc", True), ("abcd", False), ("a\0b", False), (None, False), (5, False), (b"a", False)]
)
def test_a_text_has_at_most_so_many_characters_and_no_nul(value: Any, expected: bool) -> None:
    assert is_text(value, 3) is expected


@pytest.mark.parametrize(("value", "expected"), [(None, True), ("", True), (" \n", True), ("a", False), (0, False), ([], False)])
def test_nothing_and_spaces_are_empty(value: Any, expected: bool) -> None:
    assert is_empty(value) is expected


def test_a_fault_names_what_is_expected_of_a_text() -> None:
    too_long = "expected a text of at most 2,000 characters"
    assert [text_fault(value, 2_000) for value in ("x" * 2_000, " ", "x" * 2_001, "\0", None)] == ["", "", *[too_long] * 3]
    assert [text_fault(value, 2_000, required=True) for value in ("x", " ", None, 5)] == ["", "required", "required", too_long]


@pytest.mark.parametrize(("value", "expected"), [(0, True), (-3, True), (True, False), (1.0, False), ("1", False), (None, False)])
def test_a_whole_number_is_no_boolean_and_no_text(value: Any, expected: bool) -> None:
    assert is_whole(value) is expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("-012", -12),
        ("123456789", 123_456_789),
        ("-123456789", -123_456_789),
        *((text, None) for text in ("", "-", "+1", " 1", "1.0", "1_000", "٣", "1234567890", "9" * 5_000)),
    ],
)
def test_a_whole_number_is_written_in_ascii_digits_and_not_too_long(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_the_number_of_digits_is_the_callers() -> None:
    assert (whole_number("123", digits=3), whole_number("1234", digits=3)) == (123, None)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("EN", "en"),
        ("zh-hant-hk", "zh-Hant-HK"),
        ("zh_Hans", "zh-Hans"),
        ("ES-419", "es-419"),
        ("zh-YUE", "zh-yue"),
        ("sl-ROZAJ-biske-1994", "sl-rozaj-biske-1994"),
        ("en-us-u-CA-gregory-x-ab-CDEF", "en-US-u-ca-gregory-x-ab-cdef"),
        ("", None),
        ("English", None),
        ("en-", None),
        ("en--us", None),
        ("en-us-gb", None),
        ("日本語", None),
        ("en\0", None),
        ("en-x-" + "a1234567-" * 4 + "a", None),  # longer than any tag in use
    ],
)
def test_a_language_is_named_by_its_tag(text: str, tag: str | None) -> None:
    assert language_tag(text) == tag
