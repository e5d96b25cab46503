"""The figures of labels: a table whose analysis of variance is done by hand, a published one, and simulated studies."""

import json
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from annotation.agreement import Figure, Resamples, icc_mean, icc_single
from annotation.agreement.reliability.decisions import accuracy, consistency
from annotation.agreement.reliability.of_labels import LabelFigures, decisions, label_figures, reliability_of, share_of
from annotation.agreement.reliability.variance import Variance, variance_of
from annotation.agreement.transforms import SHARE
from tests.annotation.agreement.arrays import array, study

SCALE = range(1, 7)
PENICILLIN = json.loads((Path(__file__).parents[4] / "fixtures" / "agreement" / "penicillin-lme4.json").read_text())
# Three annotators, four responses, computed in docs/agreement-statistics.md: sums of squares 15, 8 and 4.
WORKED = array([1, 3, 2, 4], [2, 2, 5, 5], [3, 4, 5, 6])
RESPONSE, ANNOTATOR, RESIDUAL = 13 / 9, 5 / 6, 2 / 3


def values(figures: LabelFigures) -> dict[str, float | None]:
    return {
        "single": figures.single.figure.value,
        "reliability": figures.reliability.figure.value,
        "sem": figures.sem.figure.value,
        **{name: share.figure.value for name, share in figures.shares.items()},
        **{f"reliability of {k}": step[0].figure.value for k, step in figures.d_study.items()},
        **{f"sem of {k}": step[1].figure.value for k, step in figures.d_study.items()},
    }


def test_the_worked_example() -> None:
    figures = label_figures(WORKED, scale=SCALE)
    assert figures.k == pytest.approx(3)
    assert values(figures) == pytest.approx(
        {
            "single": 26 / 53,
            "reliability": 26 / 35,
            "sem": sqrt(1 / 2),
            "response": 26 / 53,
            "annotator": 15 / 53,
            "residual": 12 / 53,
            "reliability of 1": 26 / 53,
            "reliability of 2": 52 / 79,
            "reliability of 3": 26 / 35,
            "reliability of 4": 104 / 131,
            "reliability of 5": 130 / 157,
            "reliability of 6": 52 / 61,
            **{f"sem of {k}": sqrt(1.5 / k) for k in range(1, 7)},
        },
        abs=1e-12,
    )
    model = [np.array([number]) for number in (3.5, RESPONSE, (ANNOTATOR + RESIDUAL) / 3)]
    cuts = np.array([1.5, 2.5, 3.5, 4.5, 5.5])
    assert figures.consistency.figure.value == pytest.approx(consistency(*model, cuts)[0], abs=1e-12)
    assert figures.accuracy.figure.value == pytest.approx(accuracy(*model, cuts)[0], abs=1e-12)


def test_the_d_study_of_lme4s_printed_components() -> None:
    figures = label_figures(array(*PENICILLIN["ratings"]), scale=range(18, 28))
    total = sum(PENICILLIN["components"].values())
    for name, component in PENICILLIN["components"].items():
        assert figures.shares[name].figure.value == pytest.approx(component / total, abs=5e-5)
    for k, (reliability, sem) in figures.d_study.items():
        assert round(reliability.figure.value or 0, 4) == PENICILLIN["reliability"][str(k)]
        assert round(sem.figure.value or 0, 4) == PENICILLIN["sem"][str(k)]


def simulated(seed: int, annotators: int, each: int, severity: float) -> tuple[Any, Any]:
    """400 responses, two to a query; the variance of responses is 1, of the residual .5."""
    random = np.random.default_rng((seed, annotators, each))
    ratings = random.normal(size=400) + np.sqrt(0.5) * random.normal(size=(annotators, 400)) + 3.5
    ratings += severity * random.normal(size=(annotators, 1))
    ratings[np.argsort(random.random((annotators, 400)), axis=0) >= each] = np.nan
    return ratings, np.repeat(np.arange(200), 2)


def test_intervals_are_those_of_the_resamples_that_are_asked_for() -> None:
    ratings, queries = simulated(1, 4, 3, 0.3)
    whole = label_figures(ratings, scale=SCALE, queries=queries, resamples=Resamples(5, 300)).consistency
    assert isinstance(variance := variance_of(ratings, queries=queries, resamples=Resamples(5, 300)), Variance)
    cuts = np.array([1.5, 2.5, 3.5, 4.5, 5.5])
    assert whole == variance.figure(decisions(consistency, cuts), SHARE)
    other = label_figures(ratings, scale=SCALE, queries=queries).consistency
    assert (other.figure.value, other.figure.low == whole.figure.low) == (whole.figure.value, False)


@pytest.mark.parametrize(("annotators", "each"), [(6, 6), (12, 3)])
def test_the_shares_are_right_on_average_at_400_responses(annotators: int, each: int) -> None:
    """Shares of ratings whose severity has a variance of .25, drawn anew for each of 60 studies, by the means of components."""
    shares = []
    for seed in range(60):
        figures = label_figures(simulated(seed, annotators, each, 0.5)[0], scale=SCALE)
        shares.append([share.figure.value for share in figures.shares.values()])
    np.testing.assert_allclose(np.sum(shares, axis=1), 1, atol=1e-12)
    assert np.mean(shares, axis=0).tolist() == pytest.approx([1 / 1.75, 0.25 / 1.75, 0.5 / 1.75], abs=0.03)


def test_the_shares_of_a_study_are_right_within_three_hundredths_at_400_responses() -> None:
    """For the severities drawn: what a share is off by besides is the luck of the draw of annotators."""
    random = np.random.default_rng(7)
    severity = random.normal(size=6)
    severity *= 0.5 / severity.std(ddof=1)
    ratings = simulated(3, 6, 6, 0.0)[0] + severity[:, None]
    shares = [share.figure.value for share in label_figures(ratings, scale=SCALE).shares.values()]
    assert shares == pytest.approx([1 / 1.75, 0.25 / 1.75, 0.5 / 1.75], abs=0.03)


@pytest.mark.parametrize(("annotators", "each"), [(6, 6), (12, 3)])
def test_two_way_intervals_hold_for_annotators_drawn_anew_and_those_for_these_annotators_do_not(
    annotators: int, each: int
) -> None:
    """Of 60 studies; what is true is .571 and √.25. `python -m tests.bench two_way` counts more of them."""
    truth, hits = (1 / 1.75, sqrt(0.75 / 3)), []
    for seed in range(60):
        ratings, queries = simulated(seed, annotators, each, 0.5)
        figures = label_figures(ratings, scale=SCALE, queries=queries, resamples=Resamples(seed, 100))
        parts = (figures.single, figures.d_study[3][1])
        hits.append([(part.low or 0) <= true <= (part.high or 0) for part, true in zip(parts, truth, strict=True)])
        hits[-1].append((figures.single.figure.low or 0) <= truth[0] <= (figures.single.figure.high or 0))
    single, sem, these = np.mean(hits, axis=0)
    assert single >= 0.9
    assert sem >= 0.9
    assert these < 0.85


def test_a_share_below_0_is_cut_and_the_others_add_up_to_1() -> None:
    ratings = array([1, 3, 2, 6], [2, 2, 3, 5], [1, 4, 1, 6])  # all annotators have the same mean
    assert ratings.mean(axis=1).tolist() == [3.0, 3.0, 3.0]
    shares = {name: share.figure.value for name, share in label_figures(ratings, scale=SCALE).shares.items()}
    assert shares["annotator"] == 0
    assert sum(share or 0 for share in shares.values()) == pytest.approx(1, abs=1e-12)
    assert label_figures(ratings, scale=SCALE).single.figure.value != pytest.approx(shares["response"], abs=1e-3)


def test_the_first_step_of_the_d_study_is_one_rating_and_k_is_the_harmonic_mean() -> None:
    sample = study(60, 2, missing=0.4)
    figures = label_figures(sample.ratings, scale=SCALE, queries=sample.queries)
    n = (~np.isnan(sample.ratings)).sum(axis=0)
    assert figures.k == pytest.approx(1 / np.mean(1 / n[n > 0]), abs=1e-12)
    assert figures.d_study[1][0] == figures.single
    assert vars(figures.single.figure) == pytest.approx(vars(icc_single(sample.ratings, queries=sample.queries)), abs=1e-12)
    assert vars(figures.reliability.figure) == pytest.approx(vars(icc_mean(sample.ratings, queries=sample.queries)), abs=1e-12)


def test_labels_may_be_rounded_to_other_levels_than_those_of_the_ratings() -> None:
    """An overall from 0 to 6 in steps of 2: the cuts are halfway, 1, 3 and 5."""
    figures = label_figures(WORKED, scale=[0, 2, 4, 6])
    model = [np.array([number]) for number in (3.5, RESPONSE, 0.5)]
    assert figures.consistency.figure.value == pytest.approx(consistency(*model, np.array([1.0, 3.0, 5.0]))[0], abs=1e-12)


def test_where_there_are_no_components_every_figure_has_the_reason() -> None:
    figures = label_figures(array([1, 2, 3], [None, None, None]), scale=SCALE, queries=np.arange(3))
    expected = Figure(None, 0, "only one annotator has rated")
    steps = [part for step in figures.d_study.values() for part in step]
    parts = [
        figures.single,
        figures.reliability,
        figures.sem,
        *figures.shares.values(),
        *steps,
        figures.consistency,
        figures.accuracy,
    ]
    assert figures.k is None
    assert [part.figure for part in parts] == [expected] * 20
    assert {(part.low, part.high, part.no_interval) for part in parts} == {(None, None, None)}


def test_formulas_take_each_row_by_itself_and_are_undefined_where_nothing_varies() -> None:
    """Replicates may have variances below 0: a reliability takes them as they are, shares as 0."""
    variances = [[1, 0.2, 0.3], [0.5, 0.1, 0.2], [0, 0, 0], [1, -1, 0], [-0.1, 0.2, 0.1], [2, -1, -0.9]]
    fields = np.array([[*row, 3, 3.5] for row in variances])
    nan = float("nan")
    assert reliability_of(1)(fields) == pytest.approx([1 / 1.5, 0.5 / 0.8, nan, nan, -0.5, 20], nan_ok=True)
    shares = [share_of(place)(fields) for place in range(3)]
    assert shares[0] == pytest.approx([1 / 1.5, 0.5 / 0.8, nan, 1, 0, 1], nan_ok=True)
    assert shares[1] == pytest.approx([0.2 / 1.5, 0.1 / 0.8, nan, 0, 2 / 3, 0], nan_ok=True)
    assert shares[2] == pytest.approx([0.3 / 1.5, 0.2 / 0.8, nan, 0, 1 / 3, 0], nan_ok=True)
