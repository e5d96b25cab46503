from typing import Any

import pytest

from annotation.views.results.words import (
    chance,
    left_out,
    of_pool,
    of_scorer,
    part,
    parts,
    picture,
    sentences,
    step,
    warnings,
    weakest,
)


def difference(**changes: Any) -> dict[str, Any]:
    found = {"value": 6.66, "low": 4.5, "high": 8.9, "no_interval": None, "beyond_chance": True}
    return {"first": "larch", "second": "ember"} | found | changes


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "larch is ahead of ember by 6.7 points (4.5 to 8.9)."),
        (
            {"low": -1.0, "beyond_chance": False},
            "larch and ember are not told apart: 6.7 points (-1.0 to 8.9) may be chance.",
        ),
        (
            {"beyond_chance": False},
            "larch and ember are not told apart: 6.7 points (4.5 to 8.9) may be chance among so many differences.",
        ),
        (
            {"value": -6.66, "low": -8.9, "high": -4.5},
            "On the queries of both, ember is ahead of larch by 6.7 points (4.5 to 8.9).",
        ),
        (
            {"low": None, "high": None, "no_interval": "too few queries for an interval", "beyond_chance": False},
            "larch is ahead of ember by 6.7 points; how sure that is cannot be said: too few queries for an interval.",
        ),
        ({"value": None}, "larch and ember cannot be compared: no query has a label for both."),
    ],
)
def test_a_difference_in_words(changes: dict[str, Any], words: str) -> None:
    assert step(difference(**changes)) == words


def test_how_likely_a_difference_is_by_chance_in_words() -> None:
    assert [chance(p) for p in (None, 0.0004, 0.001, 0.04567, 1.0)] == ["–", "< 0.001", "0.001", "0.046", "1.000"]


def test_the_finding_comes_first() -> None:
    headline = {
        "steps": [difference(), difference(first="ember", second="quill")],
        "beyond": ["quill", "moss"],
        "weakest": [{"title": "Coherence", "rubric_title": "Small", "of_every_system": True}],
        "part": [{"system": "quill", "unanswered": 2}],
    }
    assert sentences(headline) == [
        "larch is ahead of ember by 6.7 points (4.5 to 8.9).",
        "larch is ahead of quill, moss beyond chance.",
        "ember is ahead of quill by 6.7 points (4.5 to 8.9).",
        "Small: every system is weakest in Coherence.",
        "quill left 2 queries unanswered: its figures are of those that it answered.",
    ]
    unsure = headline | {"steps": [difference(low=-1.0, beyond_chance=False)], "weakest": [], "part": []}
    assert sentences(unsure) == [
        "larch is ahead of quill, moss beyond chance.",
        "larch and ember are not told apart: 6.7 points (-1.0 to 8.9) may be chance.",
    ]
    assert sentences({"steps": [], "beyond": [], "weakest": [], "part": []}) == []


def test_one_query_and_a_weakness_of_some() -> None:
    assert (
        part({"system": "quill", "unanswered": 1}) == "quill left 1 query unanswered: its figures are of those that it answered."
    )
    told = {"title": "Coherence", "rubric_title": "Small", "of_every_system": False}
    assert weakest(told) == "Small: the systems together are weakest in Coherence."


def test_what_to_beware_of() -> None:
    labels = {
        "undefined": [{"rubric": "small@1", "reason": "the annotators fall into groups that share no response"}],
        "mixed": ["other"],
        "pool": None,
    }
    systems = [{"system": name, "overall": {"n": n}} for name, n in (("larch", 29), ("ember", 30), ("quill", 0))]
    assert list(warnings({"labels": labels, "systems": systems})) == [
        "There are no fair labels under small@1: the annotators fall into groups that share no response.",
        "Several versions of the rubric other are together in the figures over all criteria.",
        "Fewer than 30 labels: larch. Of so few, a value says little: the true one may lie anywhere in its interval.",
    ]


def test_whether_figures_are_of_the_pool() -> None:
    pool = {"pool": 20, "labelled": 8, "effective": 5.88, "missing": [], "undrawn": 0}
    assert [of_pool(pool | more) for more in ({}, {"missing": ["art, gill", "law, emu"]}, {"undrawn": 1})] == [
        "The figures are weighted to the pool of 20 responses, from which the 8 labelled ones were drawn; they tell as "
        "much as 6 of equal weight.",
        "No label yet from art, gill; law, emu: the figures are of the labelled responses, not of the pool.",
        "1 label is of no sample: the figures are of the labelled responses, not of the pool.",
    ]


def test_names() -> None:
    assert left_out({"disputed": 3, "unusable": 0}) == [("awaiting adjudication", 3)]
    assert [picture(name) for name in ("systems", "small@1")] == ["Systems", "small@1"]


def powered(scores: float, both: float | None, worth: float) -> dict[str, Any]:
    return {"scores": {"value": scores}, "both": {"value": both}, "worth": worth}


def test_what_a_scorer_adds() -> None:
    rows = [powered(70.0, 60.0, 90.4), powered(71.0, 65.0, 110.0), powered(1.0, None, 0.0)]
    assert of_scorer({"systems": rows, "seen": 1, "awaiting": 0}) == [
        "The scores alone lie 8.0 points above.",
        "Both together are as sure as 100 more labels per system would be, on average.",
        "1 response of a train split has no part in this table: all labels together, above, may be surer.",
    ]
    assert (
        of_scorer({"systems": [powered(50.0, 60.0, 3.0)], "seen": 0, "awaiting": 0})[0]
        == "The scores alone lie 10.0 points below."
    )
    assert of_scorer({"systems": rows[2:], "seen": 0, "awaiting": 2}) == [
        "Nothing is put together while 2 judged responses wait for their labels: those are the harder ones.",
    ]


def test_several_systems_that_answered_a_part_are_one_sentence() -> None:
    rows = [{"system": "quill", "unanswered": 2}, {"system": "moss", "unanswered": 8}]
    assert parts(rows) == [
        "quill (2), moss (8) left queries unanswered (how many in brackets): their figures are of those that they answered."
    ]
