"""Severity: whether its estimates are on the scale of the truth, how often its intervals contain it, and what it costs.

Studies are partly crossed: each response is rated by two or three of the annotators, at random. Ratings of one annotator on
several criteria, and on several responses to a query, err together. Severity is held against the truth centred on the
annotators, as it is in the report. In a chain nobody shares a response with more than two others.
"""

import time
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from annotation.agreement import drift, least_squares, severities
from annotation.agreement.annotators.estimates import Estimate

CRITERIA, SEVERITY, OF_QUERY, OF_RESPONSE, NOISE = 3, 0.5, 0.3, 0.3, 0.7
STUDIES = 400
PERIODS = 10


@dataclass(frozen=True)
class Design:
    annotators: int
    responses: int
    each: int  # responses to a query
    chain: bool = False

    @property
    def overlap(self) -> int:
        return 2 if self.annotators < 6 or self.chain else 3

    def rate(self, seed: int) -> tuple[Any, Any, Any]:
        """Ratings, criteria x annotators x responses, the responses' queries, and the true severities."""
        random = np.random.default_rng((seed, self.annotators, self.responses, self.each))
        severity = random.normal(0, SEVERITY, self.annotators)
        queries = np.arange(self.responses) // self.each
        of_query = random.normal(0, OF_QUERY, (self.annotators, queries[-1] + 1))
        perceived = random.normal(3.5, 1, self.responses) + severity[:, None] + of_query[:, queries]
        perceived = perceived + random.normal(0, OF_RESPONSE, perceived.shape)
        values = perceived + random.normal(0, 0.5, (CRITERIA, 1, self.responses))
        values = values + random.normal(0, NOISE, values.shape)
        values[:, ~self.assigned(random)] = np.nan
        return values, queries, severity - severity.mean()

    def assigned(self, random: np.random.Generator) -> Any:
        """Annotators x responses."""
        if self.chain:
            first = random.integers(0, self.annotators - 1, self.responses)
            return np.isin(np.arange(self.annotators)[:, None] - first, (0, 1))
        return np.argsort(random.random((self.annotators, self.responses)), axis=0) < self.overlap


class Coverage(NamedTuple):
    """Of the estimates that have an interval: those that rest on fewer than five queries have none."""

    slope: float  # of all estimates on the truth, over all studies
    share: float  # of the intervals that contain the truth
    ratio: float  # of the mean squared standard error to the mean squared error
    times_drift: float  # the share of intervals of single periods that contain the truth
    without: float  # the share of estimates without an interval
    without_drift: float  # and of those of single periods


def coverage(design: Design, studies: int) -> Coverage:
    truth, estimates, errors, hits, of_periods = [], [], [], [], []
    for seed in range(studies):
        values, queries, severity = design.rate(seed)
        fit = least_squares(values, queries)
        periods = np.where(fit.rated, queries % 2, -1)
        for true, each, weekly in zip(severity, severities(fit), drift(fit, periods, 2), strict=True):
            truth.append(true)
            estimates.append(each.figure.value or 0)
            errors.append(np.nan if each.se is None else each.se)
            hits.append(holds(each, true))
            of_periods += [holds(week, true) for week in weekly]
    true, value, se = np.array([truth, estimates, errors])
    some = ~np.isnan(se)
    return Coverage(
        slope=float((true @ value) / (true @ true)),
        share=float(np.nanmean(hits)),
        ratio=float((se[some] ** 2).mean() / ((value - true)[some] ** 2).mean()),
        times_drift=float(np.nanmean(of_periods)),
        without=float(np.isnan(hits).mean()),
        without_drift=float(np.isnan(of_periods).mean()),
    )


def holds(estimate: Estimate, true: float) -> float:
    """1 or 0; NaN without an interval, which is not one that misses."""
    low, high = estimate.figure.low, estimate.figure.high
    return np.nan if low is None or high is None else float(low <= true <= high)


def severity() -> None:
    print(f"severity on its truth, {STUDIES} studies a line: slope; 95 % intervals that hold it (estimates without one);")
    print("  the same of the halves of the study")
    for annotators in (3, 4, 6, 10):
        for responses, each in ((60, 2), (300, 4), (600, 1)):
            for chain in (False, True):
                found = coverage(Design(annotators, responses, each, chain), STUDIES)
                print(
                    f"  {annotators:2} annotators, {responses} responses, {each} a query{', a chain' if chain else '':<9} "
                    f"{found.slope:.3f}   {found.share:6.1%} ({found.without:.1%})   "
                    f"{found.times_drift:6.1%} ({found.without_drift:.1%})   se² / error² {found.ratio:.2f}",
                    flush=True,
                )
    for annotators in (12, 200):
        values, queries = large(annotators)
        start = time.perf_counter()
        fit = least_squares(values, queries)
        severities(fit)
        drift(fit, np.where(fit.rated, queries % PERIODS, -1), PERIODS)
        print(f"  20,103 responses x 3 of {annotators} annotators x 6 criteria: {time.perf_counter() - start:.2f} s")


def large(annotators: int) -> tuple[Any, Any]:
    random = np.random.default_rng(annotators)
    values = np.full((6, annotators, 20_103), np.nan)
    for row in np.argsort(random.random((annotators, 20_103)), axis=0)[:3]:
        values[:, row, np.arange(20_103)] = random.integers(1, 7, (6, 20_103))
    return values, np.arange(20_103) // 4
