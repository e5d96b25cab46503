"""Estimates of systems: how often their intervals hold the true mean, how wide they are, and the time of all of a large study.

The studies: labels and scores are normal, with the correlation that is said, or rounded and cut to the scale from 0 to 6 and the
scores half a point too kind. Systems differ by half a standard deviation at most, and responses to one query go together.
"""

import time
from typing import Any, NamedTuple

import numpy as np

from annotation.agreement import Resamples
from annotation.agreement.estimates import differences, error_shares, means, means_table, prediction_powered

STUDIES = 2000
LABELLED, CORRELATIONS, OTHERS = (20, 50, 200), (0.3, 0.5, 0.7, 0.9), 2000
QUERIES, SYSTEMS, FIELDS, CRITERIA = 20_103, 8, 12, 7
NAN = float("nan")


class Coverage(NamedTuple):
    """In per cent of the studies. `best` is of both where it is not refused, and of the labels alone where it is."""

    best: float
    labels: float
    refused: float
    ratio: float
    widest: float


def predictions(labelled: int, correlation: float, *, rounded: bool) -> Coverage:
    """The ratios of widths are of best to labels alone, on average and at most."""
    truth = points(np.random.default_rng(0).normal(size=1_000_000), 3.6).mean() if rounded else 0.0
    rows = []
    for seed in range(STUDIES):
        random = np.random.default_rng((seed, labelled))
        quality, noise = random.normal(size=(2, labelled + OTHERS))
        scores = correlation * quality + np.sqrt(1 - correlation**2) * noise
        if rounded:
            quality, scores = points(quality, 3.6), points(scores, 4.1)
        labels = np.where(np.arange(labelled + OTHERS) < labelled, quality, NAN)
        study = prediction_powered(labels, scores, np.arange(len(labels)))
        refused = study.both.figure.value is None
        rows.append([holds(study.best.figure, truth), holds(study.labels.figure, truth), refused, study.ratio or 1.0])
    best, alone, refused_share, ratio = np.mean(rows, axis=0)
    return Coverage(100 * best, 100 * alone, 100 * refused_share, ratio, np.max(rows, axis=0)[3])


def points(values: Any, middle: float) -> Any:
    return np.clip(np.rint(middle + 1.1 * values), 0, 6)


def holds(figure: Any, truth: float) -> float:
    return NAN if figure.low is None else float(figure.low <= truth <= figure.high)


def paired(queries: int) -> tuple[float, float, float]:
    """The coverage of a mean and of a difference in per cent, and how often one of the six differences of four equal systems is
    called beyond chance; responses to a query share half of their variance, and a tenth of the responses is not there."""
    rows = []
    systems, query = np.repeat(np.arange(4), queries), np.tile(np.arange(queries), 4)
    for seed in range(STUDIES):
        random = np.random.default_rng((seed, queries))
        values = random.normal(size=queries)[query] + random.normal(size=4 * queries)
        values[random.random(len(values)) < 0.1] = NAN
        found = differences(values, systems, 4, query)
        mean = means(values, systems, 4, query, resamples=Resamples(seed, 500))[0]
        rows.append([holds(mean.figure, 0), holds(found[0].estimate.figure, 0), any(each.beyond_chance for each in found)])
    mean, difference, called = 100 * np.mean(rows, axis=0)
    return mean, difference, called


def seconds() -> dict[str, float]:
    """Of 8 systems that each answered 20,103 queries: means by field and by criterion, differences, and both put together."""
    random = np.random.default_rng(0)
    systems, query = np.repeat(np.arange(SYSTEMS), QUERIES), np.tile(np.arange(QUERIES), SYSTEMS)
    fields = (query * 7919) % FIELDS
    scores = points(random.normal(size=QUERIES)[query] + random.normal(size=len(query)), 3.6) * 100 / 6
    labels = np.where(query < 200, scores + random.normal(0, 10, len(query)), NAN)
    marks = random.integers(0, 2, (len(query), 4))
    by_criterion = [(scores[own := systems == system], labels[own], query[own]) for system in range(SYSTEMS)] * CRITERIA
    table = {"shape": (SYSTEMS, FIELDS * CRITERIA), "ends": (0.0, 100.0)}
    entries = [np.tile(column, CRITERIA) for column in (scores, systems, fields, query)]
    cells = entries[2] * CRITERIA + np.repeat(np.arange(CRITERIA), len(query))
    return {
        "means, systems x fields, with the margins": timed(
            means_table, scores, systems, fields, query, shape=(SYSTEMS, FIELDS), ends=(0.0, 100.0)
        ),
        "means, systems x fields x criteria": timed(
            means_table, entries[0], entries[1], cells, entries[3], resamples=None, **table
        ),
        "differences": timed(differences, scores, systems, SYSTEMS, query),
        "labels and scores, systems x criteria": timed(
            lambda: [prediction_powered(of_labels, of_scores, own) for of_scores, of_labels, own in by_criterion]
        ),
        "errors": timed(error_shares, marks, systems, SYSTEMS, query),
    }


def timed(work: Any, *arguments: Any, **options: Any) -> float:
    began = time.process_time()
    work(*arguments, **options)
    return time.process_time() - began


def estimates() -> None:
    print(f"labels and {OTHERS:,} scores: coverage of 95 % intervals in percent, {STUDIES:,} studies each")
    print("  labels    r             both  labels alone  refused  width to labels alone (most)")
    for rounded in (False, True):
        for labelled in LABELLED:
            for correlation in CORRELATIONS:
                one = predictions(labelled, correlation, rounded=rounded)
                print(
                    f"  {labelled:6}  {correlation:.1f}  {'points' if rounded else 'normal'}  {one.best:5.1f}  {one.labels:12.1f}"
                    f"  {one.refused:7.1f}  {one.ratio:8.3f} ({one.widest:.3f})",
                    flush=True,
                )
    print("  queries   mean  difference  equal systems of which two are told apart")
    for queries in (20, 50, 200):
        mean, difference, called = paired(queries)
        print(f"  {queries:7}  {mean:5.1f}  {difference:10.1f}  {called:5.1f}", flush=True)
    print(f"{SYSTEMS} systems, {QUERIES:,} queries, {FIELDS} fields, {CRITERIA} criteria: seconds of one processor")
    for name, took in seconds().items():
        print(f"  {name}: {took:.2f}", flush=True)
