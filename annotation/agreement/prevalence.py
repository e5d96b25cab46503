"""How often a penalty is given."""

from annotation.agreement.clusters import Queries, clusters_of
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, figure, of_sums
from annotation.agreement.ratings import Ratings, counts
from annotation.agreement.reasons import NO_RATINGS
from annotation.agreement.transforms import SHARE


def prevalence(ratings: Ratings, *, queries: Queries | None = None, resamples: Resamples = DEFAULT_RESAMPLES) -> Figure:
    """The share of ratings that are 1. `ratings` is annotators x responses, NaN for none; `queries` and `resamples` as in alpha.

    No ratings are compared, so one annotator is enough. `n` counts the responses with a rating.
    """
    counted = counts(ratings)
    if counted.ratings == 0:
        return Figure(None, 0, NO_RATINGS)
    data = clusters_of(ratings, None, queries, at_least=1, anonymous=True)
    sums = data.sums([(data.ratings == 1).sum(axis=0).astype(float), (data.codes >= 0).sum(axis=0).astype(float)])
    statistic = of_sums(sums, lambda totals: totals[:, 0] / totals[:, 1])
    return figure(statistic, data, counted.items, resamples=resamples, transform=SHARE)
