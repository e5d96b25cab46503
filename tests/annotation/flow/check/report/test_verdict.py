"""A scorer that is bad reads as bad; what it comes to has the figures behind it."""

from typing import Any

import numpy as np
import pytest

from annotation.agreement import baselines
from annotation.agreement.scorer import feature_floor, measures
from annotation.flow.check.report.compose import plain
from annotation.flow.check.report.subgroups import subgroups
from annotation.flow.check.report.verdict import verdict
from tests.annotation.flow.check.report.drawn import drawn, scored

NO_PEOPLE = {"value": None, "low": None, "high": None}


def report(scores: Any, labels: Any, *, people: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """What a verdict reads of a report, in which 10 more labels may lack a score."""
    of = scored(scores, labels, **changes)
    floor = feature_floor(np.column_stack(list(of.numbers.values())), of.labels, of.queries, seed=0)
    mean = dict.fromkeys(("r", "r_scorer", "r_difference"), NO_PEOPLE) | (people or {})
    return {
        "split": "check",
        "release": 1,
        "trained_on": 1,
        "scored": len(of.labels),
        "labels": len(of.labels),
        "overall": plain(measures(of.scores, of.labels, of.queries)),
        "baselines": {name: plain(measures(values, of.labels)) for name, values in baselines(of.labels, seed=0).items()},
        "floor": plain(measures(floor, of.labels)),
        "people": {"against_others": {"mean": mean}},
        "subgroups": subgroups(of),
    }


def keys(told: dict[str, Any]) -> list[str]:
    return [part["key"] for part in told["parts"]]


def test_a_scorer_that_is_the_label_is_good() -> None:
    _scores, labels = drawn(120)
    told = verdict(report(labels, labels))
    assert (told["tone"], keys(told)) == ("good", ["ranks_well", "no_bias"])


def test_a_constant_scorer_is_bad() -> None:
    _scores, labels = drawn(120)
    told = verdict(report(np.full(120, 4.0), labels))
    assert (told["tone"], keys(told)) == ("bad", ["ranks_none", "too_much", "worse_than_mean"])


def test_a_lenient_scorer_is_bad_however_well_it_ranks() -> None:
    told = verdict(report(*drawn(120, lenient=1.5, noise=0.3)))
    assert (told["tone"], keys(told)) == ("bad", ["ranks_well", "too_much", "worse_than_mean"])
    assert told["parts"][1]["points"] == pytest.approx(1.5, abs=0.1)


def test_shuffled_labels_rank_by_chance() -> None:
    _scores, labels = drawn(120)
    told = verdict(report(np.random.default_rng(1).permutation(labels), labels))
    assert told["tone"] == "bad"
    assert "ranks_by_chance" in keys(told)


@pytest.mark.parametrize(
    ("difference", "key", "tone"),
    [
        ((-0.05, -0.12, 0.02), "ranks_as_one", "good"),
        ((-0.1, -0.15, -0.05), "ranks_worse", "fair"),
        ((-0.4, -0.5, -0.3), "ranks_worse", "bad"),
        ((0.1, 0.05, 0.15), "ranks_better", "good"),
        ((-0.05, -0.6, 0.5), "ranks_well", "good"),  # too few to tell: the correlation alone
    ],
)
def test_the_ranking_is_held_against_one_annotator(difference: tuple[float, float, float], key: str, tone: str) -> None:
    value, low, high = difference
    people = {
        "r": {"value": 0.7},
        "r_scorer": {"value": 0.7 + value},
        "r_difference": {"value": value, "low": low, "high": high},
    }
    part = verdict(report(*drawn(120, noise=0.4), people=people))["parts"][0]
    assert (part["key"], part["tone"]) == (key, tone)


def test_what_is_missing_and_what_is_few_is_told() -> None:
    _scores, labels = drawn(20)
    told = verdict(report(labels, labels) | {"labels": 30})
    assert [(part["key"], part["number"]) for part in told["parts"][-2:]] == [("many_without", 10), ("few_labels", 20)]
    nothing = {"tone": "bad", "clear": True, "needs": None, "parts": [{"key": "nothing_scored", "tone": "bad"}]}
    assert verdict({"scored": 0}) == nothing


def test_a_scorer_that_only_counts_images_tells_no_more_than_the_floor() -> None:
    random = np.random.default_rng(0)
    images = random.integers(0, 5, 200).astype(float)
    labels = np.clip(1 + images / 2 + random.normal(0, 0.8, 200), 0, 6)
    numbers = {"images": images, "length": random.random(200), "blocks": images}
    told = verdict(report(1 + images / 2, labels, numbers=numbers))
    assert "no_better_than_counting" in keys(told)
    assert told["tone"] == "bad"


@pytest.mark.parametrize(
    ("split", "trained_on", "saw"), [("all", 1, True), ("train", 1, True), ("all", 2, False), ("all", None, False)]
)
def test_a_scorer_that_was_trained_on_these_labels_is_not_believed(split: str, trained_on: int | None, saw: bool) -> None:
    _scores, labels = drawn(120)
    told = verdict(report(labels, labels) | {"split": split, "trained_on": trained_on})
    assert (told["tone"] == "bad", "saw_labels" in keys(told)) == (saw, saw)


def test_of_too_few_queries_nothing_is_good_or_bad_but_too_little_to_say() -> None:
    """As a stranger had it: 12 labels of 3 queries, r .78, and little better than the mean."""
    scores, labels = drawn(12, noise=0.9, seed=1)
    few = np.arange(12) // 4
    told = verdict(report(scores, labels, queries=few))
    assert (told["tone"], told["clear"], told["needs"]) == ("fair", False, 90)
    assert {part["tone"] for part in told["parts"]} == {"fair"}
    first, second, *_others = keys(told)
    assert (first, second) == ("ranks_without_interval", "bias_without_interval")
    assert keys(told)[-2:] == ["few_labels", "needs_labels"]
    constant = verdict(report(np.full(12, 4.0), labels, queries=few))
    assert (constant["tone"], constant["clear"]) == ("fair", False)
    assert keys(constant)[:3] == ["ranks_none", "bias_without_interval", "worse_than_mean"]


def test_what_is_certain_is_said_of_few_labels_too() -> None:
    told = verdict(report(*drawn(12, lenient=3, noise=0.8), queries=np.arange(12)))
    assert (told["tone"], told["clear"]) == ("bad", True)
    assert told["parts"][1]["key"] == "too_much"
    seen = verdict(report(*drawn(12), queries=np.arange(12) // 4) | {"split": "all"})
    assert (seen["tone"], seen["clear"]) == ("bad", True)


def test_enough_labels_make_it_clear() -> None:
    told = verdict(report(*drawn(90), queries=np.arange(90)))
    assert (told["tone"], told["clear"], told["needs"], keys(told)) == ("good", True, None, ["ranks_well", "no_bias"])
