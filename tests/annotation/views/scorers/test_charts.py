"""The marks of a scorer's plots stand where their numbers say."""

import pytest

from annotation.flow.check.report.density import plots
from annotation.views.scorers import charts
from tests.annotation.flow.check.report.drawn import scored

MADE = plots(scored([1.0, 1.0, 5.0, 3.0], [1.0, 1.0, 4.0, 3.0]))


def test_equal_scores_and_labels_lie_on_the_diagonal() -> None:
    plot = charts.scatter(MADE)
    [diagonal] = plot.lines
    slope = (diagonal.y2 - diagonal.y1) / (diagonal.x2 - diagonal.x1)
    middles = [(one.x + one.width / 2, one.y + one.height / 2) for one in plot.squares]
    on = [abs(diagonal.y1 + slope * (x - diagonal.x1) - y) < 0.1 for x, y in middles]
    assert on == [True, True, False]
    assert [one.shade for one in plot.squares] == [9, 2, 2]


def test_differences_have_the_mean_and_the_limits_where_they_fit() -> None:
    plot = charts.differences(MADE)
    assert [line.kind for line in plot.lines] == ["level", "mean", "limit", "limit"]
    level, mean, low, high = (line.y1 for line in plot.lines)
    assert high < mean < level < low  # upwards is less
    assert [text for _y, text in plot.up] == ["-2", "-1", "0", "1", "2"]


def test_calibration_has_a_point_for_each_level_that_was_given() -> None:
    plot = charts.calibration(MADE, lambda one: f"level {one['level']}")
    assert [point.title for point in plot.points] == ["level 1", "level 3", "level 5"]
    assert plot.points[0].x < plot.points[1].x < plot.points[2].x


def test_confusion_is_shaded_within_the_label() -> None:
    matrix = charts.confusion(MADE)
    cells = [square.cell for _label, squares in matrix.rows for square in squares if square.cell and square.cell.text]
    assert [(cell.text, cell.shade) for cell in cells] == [("2", 9), ("1", 9), ("1", 9)]
    assert charts.x_of(99, (0, 6)) == charts.LEFT + charts.SIZE
    assert charts.y_of(3, (0, 6)) == pytest.approx(charts.TOP + charts.SIZE / 2)
