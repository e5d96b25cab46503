"""The plots of a scorer hold counts, and no response."""

import numpy as np
import pytest

from annotation.flow.check.report.density import plots, squares
from tests.annotation.flow.check.report.drawn import drawn, scored


def test_squares_are_quarters_of_a_point_and_count_each_response_once() -> None:
    x, y = np.array([0, 0.1, 6, 3.13]), np.array([1, 1.1, 6, 2.9])
    assert squares(x, y, (0, 6), (0, 6)) == [[0.0, 1.0, 2], [3.25, 3.0, 1], [6.0, 6.0, 1]]
    assert squares(x[:0], y[:0], (0, 6), (0, 6)) == []


def test_the_limits_of_agreement_are_the_mean_difference_and_twice_its_spread() -> None:
    scores, labels = drawn(40, lenient=1)
    made = plots(scored(scores, labels))
    differences = scores - labels
    spread = 1.96 * np.std(differences, ddof=1)
    assert made["range"] == [0, 6]
    assert made["differences"]["mean"] == pytest.approx(differences.mean())
    assert made["differences"]["limits"] == pytest.approx([differences.mean() - spread, differences.mean() + spread])
    assert sum(count for _x, _y, count in made["differences"]["squares"]) == 40
    assert sum(map(sum, made["confusion"]["counts"])) == 40


def test_calibration_has_each_level_by_score_and_by_label() -> None:
    made = plots(scored([1, 1, 2, 5], [1, 2, 2, 2]))["calibration"]
    assert [(one["level"], one["n"], one["label"]["value"]) for one in made["score"] if one["n"]] == [
        (1, 2, 1.5),
        (2, 1, 2.0),
        (5, 1, 2.0),
    ]
    assert [(one["level"], one["n"], one["score"]["value"]) for one in made["label"] if one["n"]] == [(1, 1, 1.0), (2, 3, 8 / 3)]


def test_a_single_response_has_no_limits() -> None:
    made = plots(scored([1.0], [2.0]))["differences"]
    assert made == {"squares": [[1.5, -1.0, 1]], "mean": None, "limits": None}
