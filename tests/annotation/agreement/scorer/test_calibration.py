import numpy as np
import pytest

from annotation.agreement import Figure, Resamples
from annotation.agreement.scorer import Level, calibration, confusion
from tests.annotation.agreement.scorer.scored import drawn

SCORES, LABELS = np.array([1.0, 2.5, 3.0, 2.75]), np.array([1.5, 2.0, 3.0, 2.5])


def test_levels_are_rounded_half_up_and_means_are_not() -> None:
    empty = Figure(None, 0, "no response is at this level")
    assert calibration(SCORES, LABELS, by="score", levels=range(1, 5)) == (
        Level(1, 1, Figure(1.0, 1), Figure(1.5, 1)),
        Level(2, 0, empty, empty),
        Level(3, 3, Figure(2.75, 3), Figure(2.5, 3)),
        Level(4, 0, empty, empty),
    )
    by_label = calibration(SCORES, LABELS, by="label", levels=range(1, 5))
    assert [(level.n, level.score.value) for level in by_label] == [(0, None), (2, 1.75), (2, 2.875), (0, None)]


def test_the_confusion_counts_labels_in_rows_and_scores_in_columns() -> None:
    assert confusion(SCORES, LABELS, levels=range(1, 4)).tolist() == [[0, 0, 0], [1, 0, 1], [0, 0, 2]]


def test_each_level_has_the_interval_of_its_queries() -> None:
    scores, labels = drawn(400)
    actual = calibration(scores, labels, np.arange(400) // 2, by="label", levels=range(7), resamples=Resamples(1, 400))
    rounds = np.floor(labels + 0.5)
    assert sum(level.n for level in actual) == 400
    for level in actual:
        own = rounds == level.level
        assert (level.score.value, level.label.value) == pytest.approx((scores[own].mean(), labels[own].mean()))
        width = level.score.high - level.score.low  # type: ignore[operator]
        assert width == pytest.approx(2 * 1.96 * scores[own].std() / np.sqrt(own.sum()), rel=0.25)


@pytest.mark.parametrize("levels", [range(1, 3), range(2, 5)])
def test_a_score_or_a_label_on_no_level_is_refused(levels: range) -> None:
    with pytest.raises(ValueError, match=r"^a score or a label is on no level$"):
        confusion(SCORES, LABELS, levels=levels)
