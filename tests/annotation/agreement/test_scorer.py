from typing import Any

import numpy as np
import pytest

from annotation.agreement import Figure, baselines, cosine, mae, mse, pearson, pearson_between, pearson_within

SCORES, LABELS = np.array([3.0, 4.0]), np.array([4.0, 3.0])
NOTHING = np.array([])


@pytest.mark.parametrize(("measure", "value"), [(cosine, 24 / 25), (mse, 1.0), (mae, 1.0), (pearson, -1.0)])
def test_the_measures_on_two_responses_worked_by_hand(measure: Any, value: float) -> None:
    actual = measure(SCORES, LABELS)
    assert (actual.value, actual.n) == (pytest.approx(value, abs=1e-12), 2)


@pytest.mark.parametrize(
    ("measure", "scores", "labels", "figure"),
    [
        (cosine, NOTHING, NOTHING, Figure(None, 0, "no response has both a score and a label")),
        (cosine, np.zeros(2), LABELS, Figure(None, 2, "the scores or the labels are all zero")),
        (mse, NOTHING, NOTHING, Figure(None, 0, "no response has both a score and a label")),
        (mae, NOTHING, NOTHING, Figure(None, 0, "no response has both a score and a label")),
        (pearson, NOTHING, NOTHING, Figure(None, 0, "no response has both a score and a label")),
        (pearson, np.ones(1), np.ones(1), Figure(None, 1, "only one response has both a score and a label")),
        (pearson, np.ones(2), LABELS, Figure(None, 2, "the scores or the labels are all the same")),
    ],
)
def test_an_undefined_figure_has_its_reason(measure: Any, scores: Any, labels: Any, figure: Figure) -> None:
    assert measure(scores, labels) == figure


def test_the_baselines_do_not_look_at_the_response() -> None:
    labels = np.array([2.0, 2.4, 5.0, 4.6])
    actual = baselines(labels, seed=1)
    assert actual["mean"].tolist() == [3.5] * 4
    assert actual["commonest"].tolist() == [2.0] * 4
    assert sorted(actual["shuffled"].tolist()) == sorted(labels.tolist())
    assert actual["shuffled"].tolist() == baselines(labels, seed=1)["shuffled"].tolist()


def test_of_the_commonest_whole_labels_the_smallest_is_taken() -> None:
    assert baselines(np.array([5.0, 5.0, 3.4, 2.6, 1.0]), seed=1)["commonest"].tolist() == [3.0] * 5


def test_without_labels_the_baselines_have_no_scores() -> None:
    actual = baselines(NOTHING, seed=1)
    assert {name: scores.shape for name, scores in actual.items()} == {"mean": (0,), "commonest": (0,), "shuffled": (0,)}


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_neither_tiny_nor_huge_scores_lose_their_angle(size: float) -> None:
    for measure, value in ((cosine, 24 / 25), (pearson, -1.0)):
        assert measure(size * SCORES, LABELS).value == pytest.approx(value, abs=1e-12)
        assert measure(LABELS, size * SCORES).value == pytest.approx(value, abs=1e-12)


def test_an_angle_is_never_beyond_1_by_rounding() -> None:
    random = np.random.default_rng(3)
    for _ in range(200):
        scores = random.random(5)
        assert cosine(scores, 3 * scores).value in (pytest.approx(1), 1.0)
        assert -1 <= (cosine(scores, -7 * scores).value or 0) <= (cosine(scores, 7 * scores).value or 0) <= 1


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
    actual = [measure(scores, labels, np.array(groups)).reason for measure in (pearson_within, pearson_between)]
    assert actual == [within, between]
    if between is None:
        assert pearson_between(np.full(4, 0.1), labels, np.array(groups)).reason == "the scores or the labels are all the same"
