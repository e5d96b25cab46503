from typing import Any

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import LinearRegression

from annotation.agreement import Figure
from annotation.agreement.scorer.explained import Explained, explained
from annotation.agreement.scorer.measures import Compared
from annotation.agreement.scorer.sums import clusters_of_responses
from tests.annotation.agreement.scorer.scored import drawn


def adjusted(column: Any, places: Any) -> float:
    """R² of a regression on the kinds, adjusted."""
    indicators = (places[:, None] == np.unique(places)).astype(float)[:, 1:]
    share = LinearRegression().fit(indicators, column).score(indicators, column)
    return float(1 - (1 - share) * (len(column) - 1) / (len(column) - indicators.shape[1] - 1))


@pytest.mark.parametrize("queries", [30, 120])
def test_it_is_the_adjusted_share_of_a_regression_on_the_kinds_with_the_jackknifes_interval(queries: int) -> None:
    scores, labels = drawn(queries)
    places = np.arange(queries) % 3
    scores = scores + 0.9 * (places == 1)
    actual = explained(Compared(scores, labels), places, clusters_of_responses(np.arange(queries), queries))
    for figure, column in ((actual.error, scores - labels), (actual.squared_error, (scores - labels) ** 2)):
        value = adjusted(column, places)
        without = np.array([adjusted(np.delete(column, left), np.delete(places, left)) for left in range(queries)])
        error = np.sqrt((queries - 1) / queries * ((without - without.mean()) ** 2).sum())
        width = stats.t.ppf(0.975, queries - 1) * error / (1 - value)
        ends = [1 - np.exp(np.log(1 - value) + sign * width) for sign in (1, -1)]
        assert (figure.value, figure.low, figure.high) == pytest.approx((value, *ends), abs=1e-9)


def test_the_worked_example_of_the_documents() -> None:
    compared = Compared(np.array([1.0, 1.0, 0.0, 0.0, -1.0, -1.0]), np.zeros(6))
    actual = explained(compared, np.array([0, 0, 0, 1, 1, 1]), clusters_of_responses(None, 6))
    assert actual.error.value == pytest.approx(7 / 12, abs=1e-15)


def test_kinds_that_make_no_difference_explain_nothing_on_average() -> None:
    random = np.random.default_rng(0)
    shares = []
    for _ in range(300):
        compared = Compared(random.normal(size=60), np.zeros(60))
        shares.append(explained(compared, np.arange(60) % 12, clusters_of_responses(None, 60)).error.value or 0)
    assert np.mean(shares) == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(
    ("scores", "places", "reason"),
    [
        ([], [], "no response has both a score and a label"),
        ([1.0, 2.0], [0, 0], "the responses are all of one kind"),
        ([1.0, 2.0], [0, 1], "each kind has one response"),
        ([3.0, 3.0, 3.0], [0, 1, 1], "the errors are all the same"),
    ],
)
def test_it_is_undefined_with_a_reason(scores: list[float], places: list[int], reason: str) -> None:
    compared = Compared(np.array(scores), np.zeros(len(scores)))
    undefined = Figure(None, len(scores), reason)
    data = clusters_of_responses(None, len(scores))
    assert explained(compared, np.array(places, dtype=np.intp), data) == Explained(undefined, undefined)
