"""What stands behind an annotator's row: weeks with the test of a trend, and bias."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from annotation.agreement import DEFAULT_RESAMPLES, least_squares
from annotation.flow.agree.annotator_details import adjust, bias_rows, weekly
from annotation.flow.judgements import RatingMatrix, rating_matrices
from tests.factories import body, criterion, judged, make_project, make_rubric

pytestmark = pytest.mark.django_db
DAY = 739_945  # 2026-11-25


@pytest.fixture
def matrix() -> RatingMatrix:
    """Sixty responses to as many queries, rated by three annotators in five weeks, of two systems in one field. The first
    annotator becomes more lenient from week to week, and rates the second system higher."""
    project = make_project(rubrics=[make_rubric(criteria=[criterion(key="text")]).name])
    judged(project, [[body(scores={"text": level}) for level in (1, 2, 3)]])
    [small] = rating_matrices(project)
    random = np.random.default_rng(0)
    week, system = np.arange(60) // 12, np.arange(60) % 2
    ratings = 2.5 + random.normal(0, 0.7, 60) + random.normal(0, 0.3, (3, 60))
    ratings[0] += 0.4 * week + 1.2 * system - 0.6
    size = {name: np.zeros((3, 60)) for name in ("holistic", "revisions", "revised")}
    return replace(
        small,
        tasks=np.arange(60),
        queries=np.arange(60),
        about={"system": np.array(["one", "two"], dtype=object)[system], "field": np.full(60, "art", dtype=object)},
        values={"text": np.clip(np.round(ratings), 1, 6)},
        seconds=np.full((3, 60), 20.0),
        days=np.tile(DAY + 7 * week, (3, 1)),
        **size,
    )


def fit_of(matrix: RatingMatrix) -> Any:
    return least_squares(np.array([matrix.values["text"]]), matrix.queries)


def test_a_trend_of_severity_is_tested_for_each_annotator(matrix: RatingMatrix) -> None:
    first, *others = weekly(matrix, fit_of(matrix), DEFAULT_RESAMPLES)
    assert [(row["week"], row["judgements"], row["severity"]["n"]) for row in first["weeks"]] == [
        (f"2026-W{week}", 12, 12) for week in (48, 49, 50, 51, 52)
    ]
    trend = first["trends"]["severity"]
    assert (trend["n"], trend["beyond_chance"]) == (5, True)
    assert 0.2 < trend["slope"] < 0.5
    assert trend["p"] <= trend["p_adjusted"] <= 0.05
    assert [row["trends"]["agreement"]["beyond_chance"] for row in (first, *others)] == [False] * 3


def test_the_bias_of_each_annotator_is_by_system_and_by_field_where_there_are_several(matrix: RatingMatrix) -> None:
    first, second, third = bias_rows(matrix, fit_of(matrix), DEFAULT_RESAMPLES)
    assert [(row["by"], row["value"], row["bias"]["n"]) for row in first] == [("system", "one", 30), ("system", "two", 30)]
    low, high = first
    assert low["bias"]["value"] == pytest.approx(-high["bias"]["value"], abs=1e-9)
    assert 0.5 < high["bias"]["value"] < 1
    assert set(high["bias"]) == {"value", "n", "reason", "low", "high", "no_interval", "se"}
    assert [row["beyond_chance"] for row in first] == [True, True]
    assert [len(second), len(third)] == [2, 2]
    assert set(bias_rows(matrix, fit_of(matrix), None)[0][0]["bias"]) == {"value", "n", "reason"}


def test_tests_are_adjusted_for_their_number_and_those_without_a_p_are_none() -> None:
    tests: list[dict[str, Any]] = [{"p": 0.02}, {"p": None}, {"p": 0.04}, {"p": 0.9}]
    adjust(tests)
    assert tests == [
        {"p": 0.02, "p_adjusted": pytest.approx(0.06), "beyond_chance": False},
        {"p": None, "p_adjusted": None, "beyond_chance": False},
        {"p": 0.04, "p_adjusted": pytest.approx(0.06), "beyond_chance": False},
        {"p": 0.9, "p_adjusted": pytest.approx(0.9), "beyond_chance": False},
    ]
    one = [{"p": 0.05}]
    adjust(one)
    assert one == [{"p": 0.05, "p_adjusted": 0.05, "beyond_chance": True}]


def test_a_week_in_which_nothing_is_shared_has_the_reason(matrix: RatingMatrix) -> None:
    days, seconds, text = matrix.days.copy(), matrix.seconds.copy(), matrix.values["text"].copy()
    days[0, 48:], text[1:, 48:], seconds[1:, 48:] = DAY + 35, np.nan, 0
    apart = replace(matrix, days=days, seconds=seconds, values={"text": text})
    week = weekly(apart, fit_of(apart), None)[0]["weeks"][-1]
    nothing = {"value": None, "n": 0, "reason": "no response has two ratings"}
    assert week == {
        "week": "2026-W53",
        "judgements": 12,
        "severity": nothing,
        "agreement": nothing,
        "spread": nothing,
        "pace": nothing | {"reason": "too few times are known"},
    }
