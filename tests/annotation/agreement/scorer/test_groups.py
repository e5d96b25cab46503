from typing import Any

import numpy as np
import pytest

from annotation.agreement import Figure, Resamples, pearson_of_two
from annotation.agreement.scorer import pearson, pearson_between, pearson_of_groups, pearson_within


def test_correlations_within_and_between_groups_are_worked_by_hand() -> None:
    """The means of scores are 2, 4, 7 and of labels 3, 3, 6; within the first group they go together, within the second not."""
    scores = np.array([1.0, 3.0, 3.0, 5.0, 7.0])
    labels = np.array([2.0, 4.0, 4.0, 2.0, 6.0])
    groups = np.array([5, 5, 9, 9, -1])
    assert pearson_within(scores, labels, groups) == Figure(0.0, 5)  # 1 and 1 in the first, -1 and -1 in the second, nothing more
    # from the means 3.8 and 3.6 of all: -1.8, .2, 3.2 and -.6, -.6, 2.4, with 2, 2 and 1 responses
    expected = (2 * 1.08 - 2 * 0.12 + 7.68) / np.sqrt((2 * 3.24 + 2 * 0.04 + 10.24) * (4 * 0.36 + 5.76))
    between = pearson_between(scores, labels, groups)
    assert (between.value, between.n) == (pytest.approx(expected, abs=1e-12), 3)


def test_scores_that_only_tell_systems_apart_correlate_between_them_and_not_within() -> None:
    random = np.random.default_rng(0)
    systems = np.arange(2000) % 5
    labels, scores = systems + random.normal(size=(2, 2000))
    pooled, within, between = pearson(scores, labels), *(f(scores, labels, systems) for f in (pearson_within, pearson_between))
    assert [figure.value for figure in (pooled, within, between)] == pytest.approx([0.66, 0.0, 1.0], abs=0.04)


@pytest.mark.parametrize(
    ("groups", "within", "between"),
    [
        ([], "no response has both a score and a label", "no response has both a score and a label"),
        ([0, 0, 1, 1], None, "fewer than three groups have both scores and labels"),
        ([0, 1, 2, 3], "the scores or the labels are the same within every group", None),
    ],
)
def test_a_correlation_of_groups_that_is_undefined_has_its_reason(groups: list[int], within: Any, between: Any) -> None:
    scores, labels = np.array([[0.1, 0.2, 0.3, 0.7], [0.3, 0.1, 0.2, 0.3]])[:, : len(groups)]
    actual = [measure(scores, labels, np.array(groups)) for measure in (pearson_within, pearson_between)]
    assert [figure.reason for figure in actual] == [within, between]
    assert [figure.n for figure in actual] == [len(groups), len(set(groups))]


def test_scores_or_labels_that_do_not_differ_within_or_between_groups_have_no_correlation_there() -> None:
    alike, apart = np.array([0.1, 0.1, 0.7, 0.7, 0.3]), np.array([0.3, 0.1, 0.2, 0.3, 0.9])
    groups = np.array([0, 0, 1, 1, 2])
    for one, other in ((alike, apart), (apart, alike)):
        within = pearson_within(one, other, groups)
        assert within == Figure(None, 5, "the scores or the labels are the same within every group")
    for one, other in ((np.full(5, 0.1), apart), (apart, np.full(5, 0.1))):
        assert pearson_between(one, other, groups) == Figure(None, 3, "no variation: the scores or the labels are all the same")


@pytest.mark.parametrize("queries", [40, 150])
def test_with_one_group_the_correlation_within_is_pearsons_with_its_interval(queries: int) -> None:
    random = np.random.default_rng(5)
    labels = random.integers(0, 19, 2 * queries) / 3
    scores, of_queries = labels + random.normal(size=len(labels)), np.repeat(np.arange(queries), 2)
    actual = pearson_within(scores, labels, np.zeros(len(labels), dtype=np.int64), of_queries)
    expected = pearson_of_two(np.stack([scores, labels]), queries=of_queries)
    fields = ("value", "low", "high")
    assert [getattr(actual, each) for each in fields] == pytest.approx([getattr(expected, each) for each in fields], abs=1e-12)


def test_the_replicates_of_groups_are_the_figures_of_the_responses_drawn() -> None:
    """Each query has one response, so a jackknife of five queries can be worked out by leaving each out."""
    scores, labels = np.array([1.0, 3.0, 3.0, 5.0, 7.0, 2.0]), np.array([2.0, 4.0, 4.0, 1.0, 6.0, 3.0])
    groups = np.array([0, 0, 1, 1, 2, 2])
    for function in (pearson_within, pearson_between):
        figure = function(scores, labels, groups, np.arange(6))
        without = [function(*(np.delete(each, left) for each in (scores, labels, groups))).value for left in range(6)]
        error = np.sqrt(5 / 6 * ((np.array(without) - np.mean(without)) ** 2).sum())
        z, slope = np.arctanh(figure.value), 1 / (1 - figure.value**2)
        ends = np.tanh([z - 2.5705818366147395 * error * slope, z + 2.5705818366147395 * error * slope])
        assert [figure.low, figure.high] == pytest.approx(ends, abs=1e-9)


def test_both_sides_at_once_are_each_alone_resampled_or_not() -> None:
    random = np.random.default_rng(6)
    scores, labels = random.normal(size=(2, 300))
    groups, queries = np.arange(300) % 4, np.repeat(np.arange(150), 2)
    for resamples in (None, Resamples(3, 200)):
        both = pearson_of_groups(scores, labels, groups, queries, resamples=resamples)
        assert both == {
            "within": pearson_within(scores, labels, groups, queries, resamples=resamples),
            "between": pearson_between(scores, labels, groups, queries, resamples=resamples),
        }
        assert both["within"].low is not None
