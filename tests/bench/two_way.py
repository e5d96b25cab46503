"""Intervals of reliability for annotators of a kind: how often they are right where annotators are drawn anew for each study.

The variance of responses is 1, of the residual .49. Counted is whether the ICC, the standard error of a label of three ratings
and the share of the annotators in the variance lie in their intervals; beside it, how often the ICC lies in the one for these
annotators.
"""

from typing import Any, NamedTuple

import numpy as np

from annotation.agreement import Resamples, TwoWay, label_figures

STUDIES = 1000
RESIDUAL = 0.49


class Design(NamedTuple):
    """`ratings` per response by annotators at random of all. `severity` is a standard deviation, `uneven` that of the annotators'
    residual variances around their mean, as a share of it."""

    annotators: int
    ratings: int
    queries: int
    each: int
    severity: float
    uneven: float = 0.0


DESIGNS = [
    Design(annotators, ratings, queries, each, severity, uneven)
    for annotators, ratings in ((3, 3), (4, 4), (6, 3), (6, 6), (12, 3), (12, 12))
    for queries, each in ((50, 2), (100, 4))
    for severity, uneven in ((0.0, 0.0), (0.25, 0.0), (0.5, 1 / 3))
]


def study(design: Design, seed: int) -> tuple[Any, Any]:
    """Ratings, annotators x responses, and the responses' queries; two fifths of the responses' variance are the queries'."""
    people, ratings, queries, each, severity, uneven = design
    random = np.random.default_rng((seed, people, ratings, queries, each))
    of_queries = np.repeat(np.arange(queries), each)
    quality = np.sqrt(0.4) * random.normal(size=queries)[of_queries] + np.sqrt(0.6) * random.normal(size=queries * each)
    noise = np.sqrt(RESIDUAL * np.maximum(1 + uneven * random.normal(size=(people, 1)), 0.1))
    table = 3.6 + quality + severity * random.normal(size=(people, 1)) + noise * random.normal(size=(people, len(quality)))
    table[np.argsort(random.random(table.shape), axis=0) >= ratings] = np.nan
    return table, of_queries


def covered(design: Design, seed: int) -> list[float]:
    """1 or 0 for the three figures and for the ICC's other interval; NaN where there is no interval."""
    ratings, queries = study(design, seed)
    figures = label_figures(ratings, scale=range(1, 7), queries=queries, resamples=Resamples(seed, 500))
    error = design.severity**2 + RESIDUAL
    truths = (1 / (1 + error), np.sqrt(error / 3), design.severity**2 / (1 + error))
    parts = (figures.single, figures.d_study[3][1], figures.shares["annotator"])
    own = TwoWay(figures.single.figure, figures.single.figure.low, figures.single.figure.high)
    return [holds(part, truth) for part, truth in zip((*parts, own), (*truths, truths[0]), strict=True)]


def holds(part: TwoWay, truth: float) -> float:
    return np.nan if part.low is None or part.high is None else float(part.low <= truth <= part.high)


def two_way() -> None:
    print(f"coverage of 95 % intervals for annotators drawn anew, {STUDIES:,} studies a design, in percent")
    print("  annotators, ratings, queries x responses, SD of severity, uneven   ICC   SEM   share   (for these annotators: ICC)")
    for design in DESIGNS:
        shares = 100 * np.nanmean([covered(design, seed) for seed in range(STUDIES)], axis=0)
        people, ratings, queries, each, severity, uneven = design
        print(
            f"  {people:2} {ratings:2}  {queries:3} x {each}  {severity:.2f} {uneven:.2f}  "
            + "  ".join(f"{share:5.1f}" for share in shares),
            flush=True,
        )
