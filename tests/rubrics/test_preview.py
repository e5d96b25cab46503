from typing import Any

import pytest

from rubrics.form import blank_record
from rubrics.preview import preview_of
from rubrics.yaml import parse, record_of
from tests.factories import criterion, penalty, rubric_file

CRITERIA = [criterion(key="a", weight=3), criterion(key="b", na="allowed"), penalty()]
TWO = record_of(parse(rubric_file(criteria=CRITERIA)))


@pytest.mark.parametrize(
    ("record", "posted", "value", "words"),
    [
        (TWO, {}, "6", "the mean"),
        (TWO, {"try.criteria[1]": "2"}, "3", "the mean"),
        (TWO, {"try.criteria[1]": "2", "try.criteria[2]": "na", "try.criteria[3]": "on"}, "1", "mean 2, less 1 for Harm"),
        (TWO, {"try.criteria[1]": "na"}, "6", "the mean"),  # which it does not allow
        (TWO | {"overall": {"method": "holistic", "max": 6}}, {"try.overall": "4"}, "4", "as given"),
        (TWO | {"overall": {"method": "holistic", "max": 6}}, {"try.overall": "four"}, None, ""),
        (blank_record(), {"try.criteria[1]": "5"}, "5", "the mean"),  # before any text is there
    ],
)
def test_the_overall_follows_the_chosen_levels(record: dict[str, Any], posted: dict[str, str], value: Any, words: str) -> None:
    preview = preview_of(record, posted)
    assert (preview.value, preview.words, preview.is_complete) == (value, words, True)


@pytest.mark.parametrize("change", [{"scale": {"min": 6, "max": 1}}, {"criteria": []}, {"overall": {"min": 9, "max": 6}}])
def test_a_rule_that_is_not_complete_has_no_overall(change: dict[str, Any]) -> None:
    preview = preview_of(TWO | change, {})
    assert (preview.value, preview.is_complete) == (None, False)
