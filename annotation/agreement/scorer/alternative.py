"""The alternative annotator test: may the scorer stand in for an annotator? As published, for ratings that are numbers.

Each annotator j is left out in turn. For a response that j and another rated, S(x) = -√(mean (x - o)²) over the others' ratings
o is how close x comes to the others. The scorer wins the response where S(scorer) >= S(j), and j where S(j) >= S(scorer): where
they are equal, both. With rho_f and rho_j the shares won by the scorer and by j:

    H0: rho_f - rho_j <= -epsilon        one-sided paired t test over j's responses
    winning rate omega                   the share of annotators for whom H0 is rejected, by Benjamini & Yekutieli 2001 at q = .05
    advantage probability rho            the mean of rho_f over annotators

The scorer passes where omega >= .5. Epsilon is what an annotator costs more than the scorer: .2 for experts, .15 for skilled
annotators, .1 for crowd workers. Annotators with fewer than 30 responses are left out. Source: Calderon, Reichart & Dror 2025
(ACL; arXiv 2501.10970). Their test takes responses as independent, and so does this; the interval of rho is clustered by query.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Floats, Queries
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.ratings import Ratings
from annotation.agreement.reasons import FEW_FOR_TEST
from annotation.agreement.scorer.measures import Scores
from annotation.agreement.scorer.prmse import counted
from annotation.agreement.scorer.sums import OfSums, clusters_of_responses, figures, ratio
from annotation.agreement.transforms import SHARE

EPSILON = 0.2  # experts
FALSE_DISCOVERIES = 0.05
FEWEST_RESPONSES = 30
PASSES_FROM = 0.5
ROUNDING = 1e-9  # squared points: overalls are means of several criteria, and equal ones differ by so much


@dataclass(frozen=True)
class Contest:
    """The scorer against one annotator, by its row in the ratings: the shares of `n` responses that each won, ties for both, the
    one-sided p, and whether the scorer won after the correction."""

    annotator: int
    n: int
    scorer: float
    own: float
    p: float
    won: bool


@dataclass(frozen=True)
class AlternativeTest:
    """`winning_rate` is omega, without an interval, and `advantage` rho; their `n` counts the responses that two or more rated.
    `left_out` are the rows of the annotators with too few responses. `passes` is None where the test is undefined."""

    winning_rate: Figure
    advantage: Figure
    contests: tuple[Contest, ...]
    left_out: tuple[int, ...]
    epsilon: float

    @property
    def passes(self) -> bool | None:
        return None if self.winning_rate.value is None else self.winning_rate.value >= PASSES_FROM


def alternative_test(
    scores: Scores,
    ratings: Ratings,
    queries: Queries | None = None,
    *,
    epsilon: float = EPSILON,
    resamples: Resamples | None = DEFAULT_RESAMPLES,
) -> AlternativeTest:
    """`epsilon` lies between 0 and 1. Other arguments as in prmse."""
    counted(ratings, scores)
    if not 0 <= epsilon < 1:
        raise ValueError("epsilon: expected a number from 0 to below 1")
    shared = (~np.isnan(ratings)).sum(axis=0) > 1
    ratings, scores = ratings[:, shared], scores[shared]
    enough = (~np.isnan(ratings)).sum(axis=1) >= FEWEST_RESPONSES
    tested, n = [int(row) for row in np.flatnonzero(enough)], int(shared.sum())
    left_out = tuple(int(row) for row in np.flatnonzero(~enough))
    if not tested:
        undefined = Figure(None, n, FEW_FOR_TEST)
        return AlternativeTest(undefined, undefined, (), left_out, epsilon)
    wins = [wins_against(scores, ratings, row) for row in tested]
    chances = np.array([chance(scorer, own, epsilon) for scorer, own in wins])
    won = benjamini_yekutieli(chances) <= FALSE_DISCOVERIES
    contests = tuple(
        Contest(row, len(scorer), float(scorer.mean()), float(own.mean()), float(p), bool(rejected))
        for row, (scorer, own), p, rejected in zip(tested, wins, chances, won, strict=True)
    )
    columns = tuple(
        column
        for row, (scorer, _own) in zip(tested, wins, strict=True)
        for column in (placed(np.ones(len(scorer)), ratings[row]), placed(scorer, ratings[row]))
    )
    data = clusters_of_responses(None if queries is None else queries[shared], n)
    advantage = figures({"rho": OfSums(columns, mean_share, n, SHARE)}, data, resamples, sparse=True)["rho"]
    return AlternativeTest(Figure(float(won.mean()), n), advantage, contests, left_out, epsilon)


def wins_against(scores: Scores, ratings: Ratings, row: int) -> tuple[Floats, Floats]:
    """1 or 0 for each response that the annotator of `row` and another rated: whether the scorer won it, whether they did."""
    own = ratings[row]
    present = ~np.isnan(own)
    others = np.delete(ratings, row, axis=0)[:, present]
    scorer_squares, own_squares = (np.nanmean((values[present] - others) ** 2, axis=0) for values in (scores, own))
    # whichever mean square is less has the greater score
    return (scorer_squares <= own_squares + ROUNDING).astype(float), (own_squares <= scorer_squares + ROUNDING).astype(float)


def chance(scorer: Floats, own: Floats, epsilon: float) -> float:
    """The one-sided p of H0, by a t test of own - scorer against epsilon: small where the scorer is hardly worse, or better."""
    from scipy.special import stdtr  # type: ignore[import-untyped]  # late: most commands do without

    lost = own - scorer
    distance, error = float(lost.mean()) - epsilon, float(lost.std(ddof=1)) / np.sqrt(len(lost))
    if error == 0:  # every response came out alike
        return 0.0 if distance < 0 else 1.0
    return float(stdtr(len(lost) - 1, distance / error))


def benjamini_yekutieli(chances: Floats) -> Floats:
    """The p values adjusted for their number under any dependence: what lies below a bound has that share of false discoveries at
    most."""
    order = np.argsort(chances)[::-1]
    ranks = np.arange(len(chances), 0, -1)
    adjusted = np.empty(len(chances))
    adjusted[order] = np.minimum.accumulate(chances[order] * len(chances) * (1 / ranks).sum() / ranks)
    return np.minimum(adjusted, 1.0)


def placed(values: Floats, own: Floats) -> NDArray[np.float64]:
    """The values of the annotator's responses among all, 0 for the others."""
    column = np.zeros(len(own))
    column[~np.isnan(own)] = values
    return column


def mean_share(sums: Floats) -> Floats:
    """The mean over annotators of the share that the scorer won of theirs; without responses of one, of the rest."""
    numbers, won = sums[:, 0::2], sums[:, 1::2]
    return ratio(np.where(numbers > 0, won / np.where(numbers > 0, numbers, 1), 0).sum(axis=1), (numbers > 0).sum(axis=1))
