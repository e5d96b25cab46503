from typing import Any

import numpy as np
import pytest

from annotation.agreement import Figure, baselines, cosine, mae, mse, pearson

SCORES, LABELS = np.array([3.0, 4.0]), np.array([4.0, 3.0])
NOTHING = np.array([])


@pytest.mark.parametrize(("measure", "value"), [(cosine, 24 / 25), (mse, 1.0), (mae, 1.0), (pearson, -1.0)])
def test_the_measures_on_two_responses_worked_by_hand(measure: Any, value: float) -> None:
    assert measure(SCORES, LABELS).value == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("measure", "scores", "labels", "figure"),
    [
        (cosine, NOTHING, NOTHING, Figure(None, 0, "no response has both a score and a label")),
        (cosine, np.zeros(2), LABELS, Figure(None, 2, "the scores or the labels are all zero")),
        (mse, NOTHING, NOTHING, Figure(None, 0, "no response has both a score and a label")),
        (mae, NOTHING, NOTHING, Figure(None, 0, "no response has both a score and a label")),
        (pearson, np.ones(1), np.ones(1), Figure(None, 1, "only one response has both a score and a label")),
        (pearson, np.ones(2), LABELS, Figure(None, 2, "the scores or the labels are all the same")),
    ],
)
def test_undefined_is_said_with_its_reason(measure: Any, scores: Any, labels: Any, figure: Figure) -> None:
    assert measure(scores, labels) == figure


def test_the_baselines_know_nothing_of_the_response() -> None:
    labels = np.array([2.0, 2.4, 5.0, 4.6])
    found = baselines(labels, seed=1)
    assert found["mean"].tolist() == [3.5] * 4
    assert found["commonest"].tolist() == [2.0] * 4
    assert sorted(found["shuffled"].tolist()) == sorted(labels.tolist())
    assert found["shuffled"].tolist() == baselines(labels, seed=1)["shuffled"].tolist()
