"""Two scorers side by side: the difference of every measure on the same responses, with intervals of the same resamples."""

import numpy as np

from annotation.agreement.clusters import Queries
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.scorer.measures import Compared, Scores, measured
from annotation.agreement.scorer.sums import Replicated, clusters_of_responses


def paired(
    scores: Scores,
    others: Scores,
    labels: Scores,
    queries: Queries | None = None,
    *,
    resamples: Resamples | None = DEFAULT_RESAMPLES,
    ranks: bool = True,
) -> dict[str, Figure]:
    """Each of MEASURES: that of `scores` less that of `others`, the scores of another scorer for the same responses.

    A measure that is undefined for one of them has that one's reason. Other arguments as in `measures`.
    """
    data = clusters_of_responses(queries, len(labels))
    first, second = (measured(Compared(each, labels), data, resamples, ranks=ranks) for each in (scores, others))

    def difference(one: Replicated | Figure, other: Replicated | Figure) -> Figure:
        if isinstance(one, Figure):
            return one
        if isinstance(other, Figure):
            return other
        undefined = one.undefined if np.isnan(one.value) else other.undefined
        return Replicated(one.value - other.value, one.values - other.values, one.n, undefined=undefined).figure(data, resamples)

    return {name: difference(first[name], second[name]) for name in first}
