"""Agreement: its time and memory at a million responses and at the size of a report, and how often its intervals are right.

The coverage draws ratings from a model whose alpha is known, and counts how many 95 % intervals contain it.
"""

import subprocess
import sys
import time
from itertools import product
from typing import Any

import numpy as np

from annotation.agreement import Resamples, ac2, alpha, icc_single, kappa
from tests.bench.annotators import Annotators

MANY = """
import resource, time
import numpy as np
from annotation.agreement import alpha
from tests.bench.agreement import some_ratings
ratings, queries = some_ratings(1_000_000, 3, 5), np.arange(1_000_000)
alpha(ratings[:, :200], level="ordinal", scale=range(1, 6), queries=queries[:200])
start, busy = time.perf_counter(), time.process_time()
figure = alpha(ratings, level="ordinal", scale=range(1, 6), queries=queries)
took, busy = time.perf_counter() - start, time.process_time() - busy
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"  3 x 1,000,000 ratings: {took:.2f} s, of the processors {busy:.2f} s ({figure.value:.4f})")
print(f"  {memory:.0f} MB at most, the ratings and Python among them")
"""
RESPONSES, PER_QUERY, JUDGED, CRITERIA, SCALE = 20_103, 4, 3, 6, range(1, 7)
SIMULATIONS = 2000
QUERIES, RESPONSES_EACH, PEOPLE = (25, 100, 400), (1, 4), (2, 3)


def some_ratings(responses: int, annotators: int, levels: int, seed: int = 0) -> Any:
    """Levels from 1, a fifth of them missing: each annotator perceives the quality of a response with noise of their own."""
    random = np.random.default_rng(seed)
    perceived = random.normal(size=responses) + 0.6 * random.normal(size=(annotators, responses))
    ratings = np.clip(np.floor(perceived * levels / 5 + levels / 2) + 1, 1, levels)
    ratings[random.random(ratings.shape) < 0.2] = np.nan
    return ratings


def agreement() -> None:
    """The memory is measured in a process of its own, so that nothing else adds to its peak."""
    print("agreement, alpha with 1,000 resamples")
    subprocess.run([sys.executable, "-c", MANY], check=True)
    for annotators, per_query in ((JUDGED, PER_QUERY), (12, 1)):
        of_a_report(annotators, per_query)


def of_a_report(annotators: int, per_query: int) -> None:
    """Each response is rated by three of the annotators, or fewer."""
    by = f"{JUDGED} of {annotators} annotators"
    print(f"agreement, {RESPONSES:,} responses x {by} x {CRITERIA} criteria and the overall, {per_query} per query")
    queries, rows = np.arange(RESPONSES) // per_query, (np.arange(RESPONSES) + np.arange(JUDGED)[:, None] * annotators // JUDGED)
    criteria = []
    for seed in range(CRITERIA):
        ratings = np.full((annotators, RESPONSES), np.nan)
        np.put_along_axis(ratings, rows % annotators, some_ratings(RESPONSES, JUDGED, len(SCALE), seed), axis=0)
        criteria.append(ratings)
    overall = np.mean(criteria, axis=0)
    start, busy = time.perf_counter(), time.process_time()
    for ratings in criteria:
        alpha(ratings, level="ordinal", scale=SCALE, queries=queries)
        ac2(ratings, scale=SCALE, queries=queries)
        kappa(ratings, scale=SCALE, queries=queries)
        icc_single(ratings, queries=queries)
    alpha(overall, level="interval", scale=None, queries=queries)
    icc_single(overall, queries=queries)
    took, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"  alpha, AC2, weighted kappa and ICC with intervals: {took:.2f} s, of the processors {busy:.2f} s")


def coverage() -> None:
    print(f"coverage of 95 % intervals of ordinal alpha, {SIMULATIONS:,} studies a cell, a tenth of the ratings missing")
    for people, each, queries in product(PEOPLE, RESPONSES_EACH, QUERIES):
        model = Annotators(people)
        hits = [covered(model, queries, each, seed) for seed in range(SIMULATIONS)]
        share = np.mean([hit for hit in hits if hit is not None])
        undefined = sum(hit is None for hit in hits)
        print(f"  {people} annotators, {queries:3} queries x {each}: {100 * share:.1f} %, {undefined} without an interval")


def covered(model: Annotators, queries: int, each: int, seed: int) -> bool | None:
    ratings, of_queries = model.study(queries, each, seed)
    figure = alpha(ratings, level="ordinal", scale=SCALE, queries=of_queries, resamples=Resamples(seed))
    if figure.low is None or figure.high is None:
        return None
    return figure.low <= model.alpha <= figure.high
