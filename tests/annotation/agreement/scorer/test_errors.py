from typing import Any

import numpy as np
import pytest
from scipy import stats

from annotation.agreement import Figure
from annotation.agreement.annotators.estimates import Estimate
from annotation.agreement.scorer import Bands, Look, bands, errors_by
from tests.annotation.agreement.scorer.scored import CONSTANT, drawn

SYSTEMS, QUERIES = np.arange(240) % 4, np.arange(240) // 4


def favoured() -> tuple[Any, Any]:
    """The third of four systems gets eight tenths of a point more."""
    scores, labels = drawn(240)
    return scores + 0.8 * (SYSTEMS == 2), labels


def estimate_of(part: Estimate | Look) -> Estimate:
    return part.estimate if isinstance(part, Look) else part


def test_each_kind_has_its_errors_and_what_it_has_beyond_all_others() -> None:
    scores, labels = favoured()
    errors, z = scores - labels, [(values - values.mean()) / values.std(ddof=1) for values in (scores, labels)]
    actual = errors_by(scores, labels, groups={"system": SYSTEMS + 5}, numbers={}, queries=QUERIES)
    for kind, system in zip(actual.kinds["system"], range(4), strict=True):
        own, rest = system == SYSTEMS, system != SYSTEMS
        expected = [
            errors[own].mean(),
            np.abs(errors[own]).mean(),
            z[0][own].mean() - z[1][own].mean(),
            errors[own].mean() - errors[rest].mean(),
            np.abs(errors[own]).mean() - np.abs(errors[rest]).mean(),
        ]
        estimates = [kind.bias, kind.mae, kind.standardised, kind.bias_difference.estimate, kind.mae_difference.estimate]
        assert [each.figure.value for each in estimates] == pytest.approx(expected, abs=1e-12)
        assert {(each.figure.n, each.queries) for each in estimates} == {(60, 60)}
        assert kind.group == system + 5


def test_of_one_response_per_query_the_mean_has_the_t_interval() -> None:
    scores, labels = favoured()
    actual = errors_by(scores, labels, groups={"system": SYSTEMS}, numbers={}, queries=QUERIES).kinds["system"][1].bias.figure
    expected = stats.ttest_1samp((scores - labels)[SYSTEMS == 1], 0).confidence_interval()
    assert (actual.low, actual.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_a_difference_has_the_error_of_the_jackknife_by_query() -> None:
    """Each query has a response of every system, so its errors are on both sides."""
    scores, labels = favoured()
    kind = errors_by(scores, labels, groups={"system": SYSTEMS}, numbers={}, queries=QUERIES).kinds["system"][2]
    for name in ("bias_difference", "standardised"):
        replicates = []
        for left in range(60):
            kept = left != QUERIES
            one = errors_by(scores[kept], labels[kept], groups={"system": SYSTEMS[kept]}, numbers={}).kinds["system"][2]
            replicates.append(estimate_of(getattr(one, name)).figure.value)
        error = np.sqrt(59 / 60 * ((np.array(replicates) - np.mean(replicates)) ** 2).sum())
        assert estimate_of(getattr(kind, name)).se == pytest.approx(error, rel=0.02), name


def test_the_favoured_system_is_beyond_chance_whatever_the_scorers_leniency() -> None:
    scores, labels = favoured()
    actual = errors_by(scores + 1, labels, groups={"system": SYSTEMS}, numbers={}, queries=QUERIES).kinds["system"]
    assert actual[2].bias_difference.beyond_chance
    assert [kind.standardised.figure.value > 0.1 for kind in actual] == [False, False, True, False]  # type: ignore[operator]


def test_an_error_grows_by_its_slope_with_each_unit() -> None:
    scores, labels = drawn(240)
    images = np.random.default_rng(3).integers(0, 6, 240).astype(float)
    scores = scores + 0.3 * images
    actual = errors_by(scores, labels, groups={}, numbers={"images": images}, queries=np.arange(240)).slopes["images"]
    for look, errors in ((actual.bias, scores - labels), (actual.mae, np.abs(scores - labels))):
        fit = stats.linregress(images, errors)
        x, residuals = images - images.mean(), errors - fit.intercept - fit.slope * images
        se = np.sqrt((x**2 * residuals**2).sum() / (x @ x) ** 2 * 240 / 239)
        assert (look.estimate.figure.value, look.estimate.se) == pytest.approx((fit.slope, se), abs=1e-12)
        assert look.p == pytest.approx(2 * stats.t.sf(abs(fit.slope) / se, 239), rel=1e-9)


def test_all_looks_of_a_report_are_corrected_together() -> None:
    scores, labels = drawn(240)
    random = np.random.default_rng(1)
    groups = {"system": SYSTEMS, "field": random.integers(0, 3, 240)}
    actual = errors_by(scores, labels, groups=groups, numbers={"length": random.normal(size=240)}, queries=QUERIES)
    looks = [look for kinds in actual.kinds.values() for kind in kinds for look in (kind.bias_difference, kind.mae_difference)]
    looks += [actual.slopes["length"].bias, actual.slopes["length"].mae]
    expected = stats.false_discovery_control([look.p for look in looks])
    assert [look.adjusted for look in looks] == pytest.approx(expected, abs=1e-12)
    assert len(looks) == 16


def test_without_queries_nothing_is_tested() -> None:
    scores, labels = drawn(240)
    actual = errors_by(scores, labels, groups={"system": SYSTEMS}, numbers={"length": np.arange(240.0)})
    kind, slope = actual.kinds["system"][0], actual.slopes["length"]
    assert (kind.bias_difference.p, slope.bias.p, slope.bias.adjusted) == (None, None, None)
    assert (kind.bias.figure.low, kind.bias.figure.no_interval) == (None, None)


def test_what_is_undefined_has_its_reason() -> None:
    one_kind, alike, scores = np.zeros(3, dtype=np.int64), np.full(3, 2.0), np.array([1.0, 2.0, 6.0])
    actual = errors_by(scores, alike, groups={"system": one_kind}, numbers={"images": alike}, queries=np.arange(3))
    kind = actual.kinds["system"][0]
    assert kind.bias == Estimate(Figure(1.0, 3, no_interval="too few queries for an interval"), queries=3)
    assert kind.standardised == Estimate(Figure(None, 3, CONSTANT))
    assert kind.bias_difference == Look(Estimate(Figure(None, 3, "the responses are all of one kind")), None, None)
    assert actual.slopes["images"].mae == Look(Estimate(Figure(None, 3, "the responses are all the same in this")), None, None)


def test_without_responses_there_are_no_kinds() -> None:
    nothing = np.array([])
    actual = errors_by(nothing, nothing, groups={"system": nothing.astype(np.int64)}, numbers={"images": nothing})
    undefined = Figure(None, 0, "no response has both a score and a label")
    assert (actual.kinds, actual.explained["system"].error) == ({"system": ()}, undefined)
    assert actual.slopes["images"].bias.estimate.figure == Figure(None, 0, "the responses are all the same in this")


@pytest.mark.parametrize(
    ("values", "ends", "groups"),
    [
        ([3, 1, 2, 5, 4], ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5)), [2, 0, 1, 4, 3]),
        ([0, 0, 0, 0, 0, 0, 7, 9], ((0, 0), (7, 9)), [0] * 6 + [1, 1]),
        ([2, 2, 2], ((2, 2),), [0, 0, 0]),
        (list(range(10)), ((0, 1), (2, 3), (4, 5), (6, 7), (8, 9)), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
        ([], (), []),
    ],
)
def test_bands_are_quantiles_and_equal_values_are_in_one(values: list[float], ends: Any, groups: list[int]) -> None:
    actual = bands(np.array(values, dtype=float))
    assert isinstance(actual, Bands)
    assert (actual.ends, actual.groups.tolist()) == (ends, groups)
