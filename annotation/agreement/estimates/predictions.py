"""Prediction-powered means: few labels and many scores, put together (PPI++: Angelopoulos, Duchi & Zrnic 2023, arXiv 2311.01453).

    value = mean label - λ · (mean score of the labelled - mean score of the others)
    λ = Cov(label, score) / ((1 + n / N) · Var(score))

n responses have a label and N have none. λ weighs the scores by how much they tell: with a scorer that is blind it is near 0, and
what is left is the mean label. However biased the scorer is, the value is not: its error is the same in both mean scores. This
holds as long as it never saw the labels, and the labelled are a sample whose chances are known.

How far each query moves the value is known in one step, and its interval follows from the sum of the squares of that, as in
annotators.estimates: with one response per query the variance is that of PPI++, Var(label - λ score) / n + λ² Var(score) / N.
Unlike there, λ is not cut at 1, for a scorer may have another unit; Student's t takes the place of the normal distribution; and
the variance of the labelled has n - 2 in its denominator, since λ is taken from the same labels.
"""

from dataclasses import dataclass

import numpy as np

from annotation.agreement.annotators.estimates import Estimate, from_squares
from annotation.agreement.clusters import Floats, Queries, numbered
from annotation.agreement.estimates.samples import Mask, weights_or_ones
from annotation.agreement.figures import Figure
from annotation.agreement.reasons import (
    CHANCES_UNKNOWN,
    FEW_LABELS,
    NO_UNLABELLED,
    NO_VALUES,
    SCORES_ALIKE,
    TOO_LITTLE_CORRELATION,
    TRAINED_ON_LABELS,
)

FEWEST_LABELLED = 10  # queries


@dataclass(frozen=True)
class PredictionPowered:
    """Three estimates of one mean: from `labels` alone, from `scores` alone (of all responses with a score; their interval says
    nothing of the scorer's bias), and from `both`, which has the reason where it is refused: then the labels alone are what
    there is to say.

    `correlation` is Pearson's, of labels and scores; `weight` is λ, `ratio` the width of the interval of both over that of the
    labels alone, and `worth` says with how many more labels theirs would be as narrow. All are None where they are undefined, the
    last three where both is refused. `without_score` counts labels, `unlabelled` scores without a label.
    """

    labels: Estimate
    scores: Estimate
    both: Estimate
    correlation: float | None
    without_score: int
    unlabelled: int
    weight: float | None = None
    ratio: float | None = None
    worth: float | None = None

    @property
    def best(self) -> Estimate:
        """Of both, or of the labels alone where that is refused."""
        return self.labels if self.both.figure.value is None else self.both

    def plain(self, *, interval: bool) -> dict[str, object]:
        """As reports have it in JSON."""
        return {
            "labels": self.labels.plain(interval=interval),
            "scores": self.scores.plain(interval=interval),
            "both": self.both.plain(interval=interval),
            "correlation": self.correlation,
            "weight": self.weight,
            "ratio": self.ratio,
            "worth": self.worth,
            "without_score": self.without_score,
            "unlabelled": self.unlabelled,
        }


@dataclass(frozen=True)
class Sample:
    """`labels` and `scores` are NaN where there is none, `weights` is 0 where there is no label; `query` has the number of each
    response's query, from 0, of `queries`."""

    labels: Floats
    scores: Floats
    weights: Floats
    query: Queries
    queries: int

    @property
    def labelled(self) -> Mask:
        return self.weights > 0

    @property
    def scored(self) -> Mask:
        return ~np.isnan(self.scores)

    @property
    def labelled_queries(self) -> int:
        return len(np.unique(self.query[self.labelled & self.scored]))

    def moves(self, values: Floats, weights: Floats) -> Floats:
        """How far each query moves the weighted mean of the values."""
        used = weights > 0
        share = weights[used] / weights[used].sum()
        distances = values[used] - share @ values[used]
        return np.bincount(self.query[used], weights=share * distances, minlength=self.queries).astype(float)

    def estimate(self, values: Floats, weights: Floats) -> Estimate:
        used = weights > 0
        if not used.any():
            return Estimate(Figure(None, 0, NO_VALUES))
        squares = float((self.moves(values, weights) ** 2).sum())
        value = float(np.average(values[used], weights=weights[used]))
        return from_squares(value, int(used.sum()), squares, len(np.unique(self.query[used])))


@dataclass(frozen=True)
class Tuned:
    """The value, λ, and how far each query moves the value."""

    value: float
    weight: float
    moves: Floats


def prediction_powered(
    labels: Floats,
    scores: Floats,
    queries: Queries,
    *,
    weights: Floats | None = None,
    trained_on_labels: bool = False,
    known_chances: bool = True,
) -> PredictionPowered:
    """The mean label of all responses with a score: those of one system, or of one criterion of it.

    `labels` and `scores` have a number per response, in the same order and in any two units, NaN for none; `queries` a whole
    number, equal for responses to one query. `weights` are those of quota_weights, one per response; only those of labelled
    responses count. `trained_on_labels` says that the scorer may have seen some of these labels, `known_chances` that the
    labelled are a sample with known chances: else nothing is put together. A label without a score counts: what is known of the
    scores is then of fewer responses.
    """
    sample = sample_of(labels, scores, queries, weights)
    alone = sample.estimate(labels, sample.weights)
    correlation = correlation_of(sample)
    reason = why_refused(sample, correlation, trained_on_labels=trained_on_labels, known_chances=known_chances)
    tuned = None if reason else tune(sample)
    both = estimate_of(tuned, sample) if tuned else Estimate(Figure(None, alone.figure.n, reason))
    ratio = ratio_of_widths(both.figure, alone.figure)
    if tuned and (ratio is None or ratio >= 1):
        tuned, both, ratio = None, Estimate(Figure(None, alone.figure.n, TOO_LITTLE_CORRELATION)), None
    return PredictionPowered(
        labels=alone,
        scores=sample.estimate(scores, sample.scored.astype(float)),
        both=both,
        correlation=correlation,
        without_score=int((sample.labelled & ~sample.scored).sum()),
        unlabelled=int((sample.scored & ~sample.labelled).sum()),
        weight=tuned.weight if tuned else None,
        ratio=ratio,
        worth=alone.figure.n * (1 / ratio**2 - 1) if ratio else None,
    )


def sample_of(labels: Floats, scores: Floats, queries: Queries, weights: Floats | None = None) -> Sample:
    number, query = numbered(queries)
    weight = np.where(np.isnan(labels), 0.0, weights_or_ones(weights, labels))
    return Sample(labels, scores, weight, query, number)


def why_refused(sample: Sample, correlation: float | None, *, trained_on_labels: bool, known_chances: bool) -> str | None:
    """Why labels and scores are not put together."""
    if trained_on_labels:
        return TRAINED_ON_LABELS
    if not known_chances:
        return CHANCES_UNKNOWN
    if sample.labelled_queries < FEWEST_LABELLED:
        return FEW_LABELS
    if (sample.labelled | ~sample.scored).all():
        return NO_UNLABELLED
    if correlation is None:
        return SCORES_ALIKE
    return TOO_LITTLE_CORRELATION if correlation < 1 / np.sqrt(sample.labelled_queries - 2) else None


def correlation_of(sample: Sample) -> float | None:
    """Pearson's coefficient of labels and scores, weighted; None where either does not vary."""
    both = sample.labelled & sample.scored
    if both.sum() < 2:
        return None
    values = np.stack([sample.labels[both], sample.scores[both]])
    share = sample.weights[both] / sample.weights[both].sum()
    distances = values - (values @ share)[:, None]
    spread = distances**2 @ share
    if (spread <= 1e-12 * (values**2 @ share)).any():
        return None
    return float(np.clip((distances[0] * distances[1]) @ share / np.sqrt(spread.prod()), -1, 1))


def tune(sample: Sample) -> Tuned:
    """With slope = Cov / Var = λ (1 + n / N), the value is the mean label - slope · (mean score of the labelled - that of all).
    So the labelled alone need weights."""
    scored, rest = sample.scored, sample.scored & ~sample.labelled
    weights = sample.weights * scored  # of the labelled that have a score
    share = weights[scored] / weights.sum()
    scores, labels = sample.scores[scored], np.nan_to_num(sample.labels[scored])
    of_labelled, own_mean = share @ scores, share @ labels
    covariance = (share * (labels - own_mean)) @ (scores - of_labelled)
    covariance *= weights.sum() / sample.weights.sum()  # labels without a score have no part in it
    slope = covariance / scores.var(ddof=1)
    moves = sample.moves(sample.labels, sample.weights) - slope * sample.moves(sample.scores, weights)
    for part in (scored & sample.labelled, rest):  # of all, as many labelled and others as there are
        moves += slope * sample.moves(sample.scores, part.astype(float)) * part.sum() / scored.sum()
    mean_label = np.average(sample.labels[sample.labelled], weights=sample.weights[sample.labelled])
    value = mean_label - slope * (of_labelled - scores.mean())
    return Tuned(float(value), float(slope * rest.sum() / scored.sum()), moves)


def estimate_of(tuned: Tuned, sample: Sample) -> Estimate:
    """With Student's t on the labelled queries less one, and one degree of freedom less in the variance, for λ is estimated."""
    queries, labels = sample.labelled_queries, int(sample.labelled.sum())
    squares = float((tuned.moves**2).sum()) * (queries - 1) / (queries - 2)
    return from_squares(tuned.value, labels, squares, queries)


def ratio_of_widths(narrow: Figure, wide: Figure) -> float | None:
    """Of two intervals; None where either is missing."""
    if narrow.low is None or narrow.high is None or wide.low is None or wide.high is None:
        return None
    return (narrow.high - narrow.low) / (wide.high - wide.low)
