"""Levels that annotators do not tell apart: whether knowing which of two neighbouring levels one annotator gave tells anything
about the others' ratings of the same response.

Two explanations of who gave the upper and who the lower level are held against each other. Told apart: each annotator
perceives the quality of the response with noise, and gives the upper level from a point between the two on (`noise`). Confused:
the choice between the two is as of a coin, whatever the response. Everything but that choice, so quality and noise, is
estimated from the ratings with the two levels treated as one, which is right under both explanations. The evidence is the
log of how many times as probable the choices are when confused. From EVIDENCE on the levels are called confused, if the
others' ratings also differ by much less than they would if the levels were told apart. The two levels with the most evidence
are then treated as one, and the rest is examined anew: a pair beside a confused one is not confused for that alone.

EVIDENCE is set by simulation (tests/bench/levels.py): at most 5 % of studies without confused levels have any.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Clusters, Floats, Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, figure, of_sums
from annotation.agreement.levels.noise import Noise, fit, points
from annotation.agreement.ratings import Ratings, counts, why_not_comparable
from annotation.agreement.reasons import FEW_OF_LEVELS, LEVEL_UNUSED
from annotation.agreement.scales import Scale
from annotation.agreement.transforms import DIFFERENCE

EVIDENCE = 4.0
MOST_OF_EXPECTED = 2 / 3
POWER_AT_LEAST = 0.5
HALVINGS = 40
FAR = 4.0  # levels beyond the ends of the scale: no quality is there

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class LevelPair:
    """Two neighbouring levels. `shift` is how much higher the others rated the responses that an annotator gave the upper
    level than those that got the lower one, the two levels themselves counted as one; `expected` is what it would be if the
    levels were told apart. `power` is the probability that confused levels would be called so. `reason` says why the levels
    are neither called confused nor told apart: `confused` is then None.
    """

    levels: tuple[int, int]
    shift: Figure
    expected: float | None = None
    evidence: float | None = None
    power: float | None = None
    confused: bool | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Bands:
    """A scale of which some levels are treated as one. `start` has the index of each band's first level, then the end."""

    levels: Floats
    start: tuple[int, ...]

    @property
    def edges(self) -> Floats:
        inner = np.array(self.start[1:-1], dtype=np.intp)
        middles: Floats = (self.levels[inner - 1] + self.levels[inner]) / 2
        return middles

    @property
    def sizes(self) -> Floats:
        return np.diff(self.start).astype(float)

    @property
    def values(self) -> Floats:
        """In points: the mean of each band's levels."""
        means: Floats = np.add.reduceat(self.levels, self.start[:-1]) / self.sizes
        return means

    def counted(self, per_level: Counts) -> Counts:
        sums: Counts = np.add.reduceat(per_level, self.start[:-1], axis=1)
        return sums

    def joined(self, place: int) -> "Bands":
        """With the band of this place and the next as one."""
        return replace(self, start=self.start[: place + 1] + self.start[place + 2 :])


def confused_levels(
    ratings: Ratings, scale: Scale, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES
) -> list[LevelPair]:
    """Each two neighbouring levels, ascending. `ratings` is annotators x responses, NaN for none; `queries` and `resamples` as
    in alpha, for the interval of the shift."""
    data = clusters_of(ratings, scale, queries)
    counted = counts(ratings)
    bands = Bands(data.levels, tuple(range(len(data.levels) + 1)))
    lowers = range(len(data.levels) - 1)
    if reason := why_not_comparable(counted):
        nothing = Figure(None, counted.pairable_items, reason)
        return [LevelPair(levels_of(bands, lower), nothing, reason=reason) for lower in lowers]
    pairs = {lower: examined(data, bands, lower, resamples) for lower in lowers}
    waiting = {lower for lower in lowers if pairs[lower].confused}
    while waiting:
        most = max(waiting, key=lambda lower: pairs[lower].evidence or 0.0)
        bands = bands.joined(place_of(bands, most))
        pairs |= {lower: examined(data, bands, lower, resamples) for lower in waiting - {most}}
        waiting = {lower for lower in waiting - {most} if pairs[lower].confused}
    return [pairs[lower] for lower in lowers]


def levels_of(bands: Bands, lower: int) -> tuple[int, int]:
    return int(bands.levels[lower]), int(bands.levels[lower + 1])


def place_of(bands: Bands, lower: int) -> int:
    """The place of the band that ends with the level."""
    return bands.start.index(lower + 1) - 1


def examined(data: Clusters, bands: Bands, lower: int, resamples: Resamples) -> LevelPair:
    """The level of this index and the next, where the bands keep them apart."""
    place, levels = place_of(bands, lower), levels_of(bands, lower)
    given = bands.counted(data.level_counts.T.astype(np.int64))
    two, weights = given[:, place : place + 2], data.query_counts[data.cluster]
    n = int(weights[two.any(axis=1)].sum())
    if not two.any(axis=0).all():
        return LevelPair(levels, Figure(None, n, LEVEL_UNUSED), reason=LEVEL_UNUSED)
    others = others_of(bands, place, given)
    sums = data.sums(column for number in two.T[::-1] for column in (others * number, number.astype(float)))
    shift = figure(of_sums(sums, difference), data, n, resamples=resamples, transform=DIFFERENCE)
    patterns, pattern = np.unique(given, axis=0, return_inverse=True)
    evidence, expected, power = choices(bands, place, patterns, np.bincount(pattern.ravel(), weights=weights).astype(float))
    confused = evidence >= EVIDENCE and shift.value is not None and shift.value <= MOST_OF_EXPECTED * expected
    unclear = not confused and power < POWER_AT_LEAST
    return LevelPair(levels, shift, expected, evidence, power, None if unclear else confused, FEW_OF_LEVELS if unclear else None)


def others_of(bands: Bands, place: int, given: Counts) -> Floats:
    """Per row of `given`, rows x bands: the mean of the ratings beside one of the two, which count as one level."""
    values = bands.values.copy()
    values[place : place + 2] = bands.joined(place).values[place]
    means: Floats = (given @ values - values[place]) / (given.sum(axis=1) - 1)
    return means


def difference(sums: Floats) -> Floats:
    """The weighted mean of the first two columns, less that of the last two; NaN where a weight is 0."""
    upper, lower = (np.where(sums[:, n] > 0, sums[:, n - 1] / np.maximum(sums[:, n], 1e-300), np.nan) for n in (1, 3))
    return upper - lower


def choices(bands: Bands, place: int, patterns: Counts, weights: Floats) -> tuple[float, float, float]:
    """The evidence, the shift to expect of levels that are told apart, and the power; see the module. `patterns` has a row of
    ratings per band, `weights` how many responses have it."""
    joined = bands.joined(place)
    counted = np.delete(patterns, place + 1, axis=1)
    counted[:, place] += patterns[:, place + 1]
    rows, row = np.unique(counted, axis=0, return_inverse=True)
    row = row.ravel()
    slips = joined.sizes / joined.sizes.sum()
    noise = fit(rows, np.bincount(row, weights=weights).astype(float), points(bands.levels), joined.edges, slips)
    number, upper = rows[row, place], patterns[:, place + 1]
    share = float((weights * upper).sum() / (weights * number).sum())
    of_quality = upper_share(noise, bands, place, weights * number, row, share)
    apart = noise.posterior[row] @ of_quality
    more, fewer = weights * number * apart, weights * number * (1 - apart)
    others = others_of(bands, place, patterns)
    expected = float((others * more).sum() / more.sum() - (others * fewer).sum() / fewer.sum())
    evidence = mean = variance = 0.0
    for place_in_rows in np.flatnonzero(number > 0):
        ratios, coin = log_ratios(noise.posterior[row[place_in_rows]], of_quality, share, int(number[place_in_rows]))
        weight = weights[place_in_rows]
        evidence += weight * ratios[upper[place_in_rows]]
        mean += weight * (centre := coin @ ratios)
        variance += weight * (coin @ (ratios - centre) ** 2)
    return float(evidence), expected, probability_above(EVIDENCE, mean, variance)


def upper_share(noise: Noise, bands: Bands, place: int, weights: Floats, row: NDArray[np.intp], share: float) -> Floats:
    """Of the ratings that are one of the two, the share of the upper for each quality, if told apart at the point that makes
    `share` of them all the upper."""
    edges, slips = bands.edges.copy(), bands.sizes / bands.sizes.sum()
    low = edges[place - 1] if place else edges[0] - FAR
    high = edges[place + 1] if place + 1 < len(edges) else edges[-1] + FAR
    ratings = weights @ noise.posterior[row]  # by quality
    for _halving in range(HALVINGS):
        edges[place] = (low + high) / 2
        lower, upper = noise.bands(edges, slips)[:, place : place + 2].T
        shares: Floats = upper / (lower + upper)
        low, high = (edges[place], high) if ratings @ shares > share * ratings.sum() else (low, edges[place])
    return shares


def log_ratios(posterior: Floats, shares: Floats, share: float, number: int) -> tuple[Floats, Floats]:
    """Of 0 to all of `number` ratings being the upper: the log of how many times as probable each is when confused, and its
    probability then."""
    from scipy.special import comb  # type: ignore[import-untyped]

    upper = np.arange(number + 1)
    ways = comb(number, upper)
    apart = ways * (posterior @ (shares[:, None] ** upper * (1 - shares[:, None]) ** (number - upper)))
    coin = ways * share**upper * (1 - share) ** (number - upper)
    return np.log(coin / apart), coin


def probability_above(bound: float, mean: float, variance: float) -> float:
    from scipy.special import ndtr

    return float(ndtr((mean - bound) / np.sqrt(variance))) if variance else float(mean >= bound)
