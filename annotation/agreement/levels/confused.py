"""Levels that annotators do not tell apart: whether knowing which of two neighbouring levels one annotator gave tells anything
about the others' ratings of the same response.

Two explanations of the ratings are held against each other. Told apart: each annotator perceives the quality of the response
with noise, and gives the level that it is nearest to (`noise`). Confused: so with the two levels as one, and which of the two
it is falls as a coin does, whatever the response. The evidence is the log of how many times as probable the ratings are when
confused, each explanation at its best. The scale's other levels have their say in it: they show how much noise there is. At
EVIDENCE and above (EVIDENCE_OF_MANY where there are MANY_PAIRS of ratings) the levels are called confused, below -EVIDENCE told
apart; between, the ratings are too few to tell. The two levels with the most evidence are then treated as one and the rest is
examined anew: confused levels look like noise, which says of a pair beside them more or less than there is to say. So three
levels can be confused too.

The bounds are set by simulation (tests/bench/levels.py): at most 5 % of studies without confused levels have any pair above
them. With few ratings the likelihoods of both explanations vary more from study to study, so the bound is higher there.
"""

from dataclasses import dataclass

import numpy as np

from annotation.agreement.clusters import Clusters, Floats, Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, figure, of_sums
from annotation.agreement.levels.noise import Bands, Counts, Noise, fit
from annotation.agreement.ratings import Ratings, counts, why_not_comparable
from annotation.agreement.reasons import FEW_OF_LEVELS, LEVEL_UNUSED, LITTLE_OVERLAP
from annotation.agreement.scales import Scale
from annotation.agreement.transforms import DIFFERENCE

EVIDENCE, EVIDENCE_OF_MANY = 2.0, 1.0
MANY_PAIRS = 500  # of ratings of one response
FEWEST_RATINGS = 10  # of each level
FEWEST_RESPONSES = 30  # with two ratings


@dataclass(frozen=True)
class LevelPair:
    """Two neighbouring levels. `shift` is how much higher the others rated the responses that an annotator gave the upper
    level than those that got the lower one, the two levels themselves counted as one; `expected` is what it would be if the
    levels were told apart. `reason` says why the levels are called neither confused nor told apart.
    """

    levels: tuple[int, int]
    shift: Figure
    expected: float | None = None
    evidence: float | None = None
    confused: bool | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Patterns:
    """The responses with two ratings or more, those with the same ratings together: how often each level was given, rows x
    levels, and how many responses a row stands for."""

    per_level: Counts
    weights: Floats

    @property
    def bound(self) -> float:
        """From which evidence on levels are called confused."""
        ratings = self.per_level.sum(axis=1)
        return EVIDENCE_OF_MANY if self.weights @ (ratings * (ratings - 1) / 2) >= MANY_PAIRS else EVIDENCE


def confused_levels(
    ratings: Ratings, scale: Scale, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES
) -> list[LevelPair]:
    """Each two neighbouring levels, ascending. `ratings` is annotators x responses, NaN for none; `queries` and `resamples` as
    in alpha, for the interval of the shift."""
    data, counted = clusters_of(ratings, scale, queries), counts(ratings)
    lowers = range(len(data.levels) - 1)
    reason = why_not_comparable(counted) or (LITTLE_OVERLAP if counted.pairable_items < FEWEST_RESPONSES else None)
    if reason:
        nothing = Figure(None, counted.pairable_items, reason)
        return [LevelPair(levels_of(data, lower), nothing, reason=reason) for lower in lowers]
    patterns = patterns_of(data)
    bands = Bands(data.levels, tuple(range(len(data.levels) + 1)))
    apart = set(lowers)
    pairs = examined(data, patterns, bands, apart, resamples)
    while confused := [lower for lower in apart if pairs[lower].confused]:
        most = max(confused, key=lambda lower: pairs[lower].evidence or 0.0)
        bands, apart = bands.joined(place_of(bands, most)), apart - {most}
        pairs |= examined(data, patterns, bands, apart, resamples)
    return [pairs[lower] for lower in lowers]


def levels_of(data: Clusters, lower: int) -> tuple[int, int]:
    return int(data.levels[lower]), int(data.levels[lower + 1])


def patterns_of(data: Clusters) -> Patterns:
    per_level = data.level_counts.T.astype(np.int64)
    rows, row = np.unique(per_level, axis=0, return_inverse=True)
    return Patterns(rows, np.bincount(row.ravel(), weights=data.query_counts[data.cluster]).astype(float))


def place_of(bands: Bands, lower: int) -> int:
    """The place of the band that ends with the level."""
    return bands.start.index(lower + 1) - 1


def examined(data: Clusters, patterns: Patterns, bands: Bands, lowers: set[int], resamples: Resamples) -> dict[int, LevelPair]:
    """The levels of these indices, each with the next, where the bands keep them apart."""
    if not lowers:
        return {}
    apart = fit(bands.counted(patterns.per_level), patterns.weights, bands)
    return {lower: pair_of(data, patterns, bands, apart, lower, resamples) for lower in lowers}


def pair_of(data: Clusters, patterns: Patterns, bands: Bands, apart: Noise, lower: int, resamples: Resamples) -> LevelPair:
    place, levels = place_of(bands, lower), levels_of(data, lower)
    per_band = bands.counted(patterns.per_level)
    numbers = patterns.weights @ per_band[:, place : place + 2]
    if not numbers.all():
        n = int(patterns.weights[per_band[:, place : place + 2].any(axis=1)].sum())
        return LevelPair(levels, Figure(None, n, LEVEL_UNUSED), reason=LEVEL_UNUSED)
    shift = shift_of(data, bands, place, resamples)
    if numbers.min() < FEWEST_RATINGS:
        return LevelPair(levels, shift, reason=FEW_OF_LEVELS)
    joined = bands.joined(place)
    confused = fit(joined.counted(patterns.per_level), patterns.weights, joined)
    coin = float(numbers @ np.log(numbers / numbers.sum()))
    evidence = confused.log_likelihood + coin - apart.log_likelihood
    unclear = -EVIDENCE < evidence < patterns.bound
    return LevelPair(
        levels,
        shift,
        expected_shift(confused, bands, place),
        evidence,
        None if unclear else evidence > 0,
        FEW_OF_LEVELS if unclear else None,
    )


def values_of(bands: Bands, place: int) -> Floats:
    """Of each band, those of the two bands as one."""
    values = bands.values.copy()
    values[place : place + 2] = bands.joined(place).values[place]
    return values


def shift_of(data: Clusters, bands: Bands, place: int, resamples: Resamples) -> Figure:
    """Each rating that is one of the two counts, with the mean of the other ratings of its response."""
    per_band = bands.counted(data.level_counts.T.astype(np.int64))
    values = values_of(bands, place)
    others = (per_band @ values - values[place]) / (per_band.sum(axis=1) - 1)
    lower, upper = per_band[:, place : place + 2].T.astype(float)
    n = int(data.query_counts[data.cluster][(lower > 0) | (upper > 0)].sum())
    sums = data.sums([others * upper, upper, others * lower, lower])
    return figure(of_sums(sums, difference), data, n, resamples=resamples, transform=DIFFERENCE)


def difference(sums: Floats) -> Floats:
    """The mean that the first two columns make, less that of the last two; NaN where there is nothing to take it of."""
    totals, numbers = sums[:, [0, 2]], sums[:, [1, 3]]
    means = np.where(numbers > 0, totals / np.where(numbers > 0, numbers, 1), np.nan)
    shifts: Floats = means[:, 0] - means[:, 1]
    return shifts


def expected_shift(noise: Noise, bands: Bands, place: int) -> float:
    """With this noise, if the bands were told apart."""
    probabilities = noise.probabilities(bands)
    others = probabilities @ values_of(bands, place)  # the mean rating of each quality
    chosen = noise.shares[:, None] * probabilities[:, place : place + 2]
    lower, upper = others @ chosen / chosen.sum(axis=0)
    return float(upper - lower)
