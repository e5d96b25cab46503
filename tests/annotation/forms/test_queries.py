"""What an address asks the list of queries for: read, or refused with the field and what is there."""

import pytest

from annotation.errors import ValidationError
from annotation.forms.queries import QueryFilters, query_filters


def test_an_address_without_filters_restricts_nothing() -> None:
    assert query_filters({"category": "", "references": ""}) == QueryFilters()


def test_each_filter_is_read() -> None:
    asked = {
        "search": " boat ",
        "category": "arts",
        "field": "-",
        "language": "fr",
        "references": "yes",
        "correct": "no",
        "dropped": "no",
    }
    assert query_filters(asked) == QueryFilters("boat", "arts", "", "fr", references=True, correct=False, dropped=False)


def test_what_is_neither_yes_nor_no_and_a_text_too_long_are_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        query_filters({"references": "some", "search": "a" * 201})
    assert refused.value.fields == {"references": "`some`: expected yes or no", "search": "expected at most 200 characters"}
