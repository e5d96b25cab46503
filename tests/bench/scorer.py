"""A scorer's figures: how often their intervals are right, whether people are treated fairly, and what a whole report takes.

The model: quality is normal, two fifths of its variance the query's. People and scorers perceive it with a noise of their own,
half of a scorer's noise being of the query too. Counted is how often the true Pearson's r and MSE lie in their intervals; how
often 0 lies in that of the difference of two scorers that are equally good; and how often in that of the difference from people
where the scorer is one more annotator.
"""

from time import process_time
from typing import Any

import numpy as np

from annotation.agreement import Resamples, forget_resamples
from annotation.agreement.scorer import (
    against_people,
    alternative_test,
    bands,
    baselines,
    calibration,
    confusion,
    consistency,
    errors_by,
    feature_floor,
    mean_of_runs,
    measures,
    paired,
    pearson_of_groups,
    prmse,
)

STUDIES, RESAMPLES, EACH, NOISE = 1000, 1000, 2, 0.9
DESIGNS = (50, 200)  # queries
RESPONSES, SCALE = 20_103, range(7)


def holds(figure: Any, truth: float) -> float:
    return np.nan if figure.low is None else float(figure.low <= truth <= figure.high)


def study(queries: int, random: Any) -> tuple[Any, Any, Any]:
    """Labels, two equally good scorers (a row each), and the queries."""
    of_queries = np.repeat(np.arange(queries), EACH)
    quality = 3 + np.sqrt(0.4) * random.normal(size=queries)[of_queries] + np.sqrt(0.6) * random.normal(size=len(of_queries))
    noise = random.normal(size=(2, queries))[:, of_queries] + random.normal(size=(2, len(of_queries)))
    return quality, 0.3 + quality + NOISE * np.sqrt(0.5) * noise, of_queries


def coverage() -> None:
    truths = {"pearson": 1 / np.sqrt(1 + NOISE**2), "mse": 0.3**2 + NOISE**2}
    print(f"coverage of a scorer's 95 % intervals, {STUDIES:,} studies a design, in percent")
    print(
        "  queries x responses   r   MSE   and of 0 by the difference of two equal scorers: r   MSE   weighted kappa   Spearman"
    )
    for queries in DESIGNS:
        counts = []
        for seed in range(STUDIES):
            labels, scores, of_queries = study(queries, np.random.default_rng((seed, queries)))
            resamples = Resamples(seed, RESAMPLES)
            figures = measures(scores[0], labels, of_queries, resamples=resamples)
            differences = paired(*scores, labels, of_queries, resamples=resamples)
            names = ("pearson", "mse", "weighted_kappa", "spearman")
            counts.append(
                [
                    *(holds(figures[name], truth) for name, truth in truths.items()),
                    *(holds(differences[name], 0) for name in names),
                ]
            )
            forget_resamples()
        print(f"  {queries:3} x {EACH}   " + "   ".join(f"{share:.1f}" for share in 100 * np.nanmean(counts, axis=0)), flush=True)


def one_more_annotator(queries: int, random: Any) -> tuple[Any, Any, Any]:
    """Six annotators, three of them for each response, and a scorer who errs as they do: whole points on a scale from 0 to 6."""
    of_queries = np.repeat(np.arange(queries), EACH)
    quality = 3 + 0.8 * random.normal(size=queries)[of_queries] + random.normal(size=len(of_queries))
    perceived = np.clip(np.rint(quality + 0.8 * random.normal(size=(7, len(of_queries)))), 0, 6)
    ratings = perceived[1:]
    ratings[np.argsort(random.random(ratings.shape), axis=0) >= 3] = np.nan
    return perceived[0], ratings, of_queries


def people() -> None:
    print(
        f"a scorer that is one more annotator, {STUDIES:,} studies a design, in percent: 0 in the interval of the difference in"
    )
    print("  queries x responses   r   RMSE   scorer better, worse by r   by the alternative test passes at .2, at 0")
    for queries in DESIGNS:
        counts = []
        for seed in range(STUDIES):
            scores, ratings, of_queries = one_more_annotator(queries, np.random.default_rng((seed, queries)))
            mean = against_people(scores, ratings, of_queries, resamples=Resamples(seed, RESAMPLES)).mean
            tests = [alternative_test(scores, ratings, epsilon=epsilon).passes for epsilon in (0.2, 0.0)]
            low, high = mean.r_difference.low or 0, mean.r_difference.high or 0
            counts.append([holds(mean.r_difference, 0), holds(mean.rmse_difference, 0), low > 0, high < 0, *map(bool, tests)])
            forget_resamples()
        print(f"  {queries:3} x {EACH}   " + "   ".join(f"{share:.1f}" for share in 100 * np.nanmean(counts, axis=0)), flush=True)


def whole_report(each: int) -> dict[str, float]:
    """The seconds of one core that every part of a report on 20,103 responses takes, `each` of them to one query."""
    random = np.random.default_rng(0)
    queries = np.arange(RESPONSES) // each
    quality = random.normal(3, 1.2, RESPONSES)
    ratings = np.clip(np.rint(quality + 0.8 * random.normal(size=(8, RESPONSES))), 0, 6)
    ratings[np.argsort(random.random(ratings.shape), axis=0) >= 3] = np.nan
    labels = np.nanmean(ratings, axis=0)
    runs = np.clip(np.rint(quality[:, None] + 0.8 * random.normal(size=(RESPONSES, 3))), 0, 6)
    scores, other = mean_of_runs(runs), runs[:, 0]
    counts = {"length": random.lognormal(6, 1, RESPONSES), "images": random.integers(0, 5, RESPONSES).astype(float)}
    sizes = {"system": 4, "category": 3, "field": 12, "subfield": 102}
    kinds = {name: random.integers(0, size, RESPONSES) for name, size in sizes.items()}
    features = np.stack(list(counts.values()), axis=1)
    parts = {
        "measures": lambda: measures(scores, labels, queries),
        "baselines": lambda: [measures(each, labels, queries) for each in baselines(labels, seed=0).values()],
        "floor": lambda: measures(feature_floor(features, labels, queries, seed=0), labels, queries),
        "groups": lambda: [pearson_of_groups(scores, labels, kinds[name], queries) for name in ("system", "category")],
        "errors": lambda: errors_by(
            scores,
            labels,
            groups=kinds | {name: bands(values).groups for name, values in counts.items()},
            numbers=counts,
            queries=queries,
        ),
        "calibration": lambda: [calibration(scores, labels, queries, by=by, levels=SCALE) for by in ("score", "label")],  # type: ignore[arg-type]
        "confusion": lambda: confusion(scores, labels, levels=SCALE),
        "runs": lambda: consistency(runs, queries),
        "paired": lambda: paired(scores, other, labels, queries),
        "PRMSE": lambda: prmse(scores, ratings, queries),
        "with others": lambda: against_people(scores, ratings, queries),
        "alternative": lambda: alternative_test(scores, ratings, queries),
    }
    forget_resamples()
    seconds = {}
    for name, part in parts.items():
        start = process_time()
        part()
        seconds[name] = process_time() - start
    return seconds


def times() -> None:
    print(f"seconds of one core for a whole report on {RESPONSES:,} responses, with all intervals")
    for each in (1, 4):
        seconds = whole_report(each)
        parts = ", ".join(f"{name} {value:.2f}" for name, value in seconds.items())
        print(f"  {each} to a query: {sum(seconds.values()):.2f} ({parts})", flush=True)


def scorer() -> None:
    coverage()
    people()
    times()
