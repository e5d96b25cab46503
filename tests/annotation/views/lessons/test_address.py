"""A selection of disputes as an address."""

import pytest
from django.http import QueryDict

from annotation.flow.lessons import Selection
from annotation.views.lessons.address import address, in_words, read

EVERYTHING = Selection(
    rubric="small@1", criterion="text", cause="slip", levels=(2, 5), over="levels", level=5, category="", field="law & order",
    direction="higher",
)  # fmt: skip


@pytest.mark.parametrize("selection", [Selection(), EVERYTHING, Selection(field=""), Selection(levels=(-1, 4))])
def test_an_address_is_read_as_the_selection_that_it_was_made_of(selection: Selection) -> None:
    path, _mark, query = address("study", **vars(selection)).partition("?")
    assert path == "/projects/study/adjudication/lessons/disputes/"
    assert read(QueryDict(query)) == selection


@pytest.mark.parametrize("query", ["cause=fun", "levels=1", "levels=1,x", "level=1.5", "direction=up", "over=all"])
def test_what_fits_no_selection_is_none(query: str) -> None:
    assert read(QueryDict(query)) is None


def test_a_selection_in_words() -> None:
    assert in_words(EVERYTHING, {("small@1", "text"): "Text"}) == [
        "Text",
        "small@1",
        "slip",
        "levels 2 and 5",
        "level 5",
        "levels",
        "–",
        "law & order",
        "decided higher than the annotators' mean",
    ]
    assert in_words(Selection(), {}) == []
