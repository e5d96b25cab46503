from dataclasses import fields

import numpy as np

from annotation.flow.adjudicate.disputes import array_of
from annotation.flow.adjudicate.listing import Filters
from annotation.flow.adjudicate.queue import Queue
from annotation.views.disputes.choices import Choice, choices, headings, states


def queue() -> Queue:
    empty = {field.name: np.array([], dtype=object) for field in fields(Queue)}
    return Queue(**empty | {"categories": array_of(["b", "a", "b"], object), "fields": array_of(["", "x", "x"], object)})


def test_the_choices_are_what_the_list_has_and_what_was_chosen() -> None:
    found = choices(queue(), Filters(category="gone", field="", age=7))
    assert found["categories"] == [Choice("a", "a", False), Choice("b", "b", False), Choice("gone", "gone", True)]
    assert found["fields"] == [Choice("-", "–", True), Choice("x", "x", False)]
    assert [choice.chosen for choice in found["ages"]] == [False, True, False]
    assert [choice.value for choice in found["gaps"]] == ["1", "2", "3", "4", "5"]


def test_states_are_counted_where_counts_are_known() -> None:
    assert [(one.value, one.chosen, one.responses) for one in states(("waiting", "decided"), "decided", {"waiting": 2})] == [
        ("waiting", False, 2),
        ("decided", True, 0),
    ]
    assert [one.responses for one in states(("waiting",), "")] == [None]


def test_a_heading_turns_its_own_order_round_and_begins_with_the_largest() -> None:
    found = headings(("field", "gap", "age"), Filters(sort="-gap"))
    assert {name: (one.sort, one.direction) for name, one in found.items()} == {
        "field": ("field", ""),
        "gap": ("gap", "descending"),
        "age": ("-age", ""),
    }
    assert headings(("gap",), Filters(sort="gap"))["gap"][1:] == ("-gap", "ascending")
