"""Agreement of each annotator with the others."""

import numpy as np

from annotation.agreement.annotators.shared import Figures, shared_responses
from annotation.agreement.clusters import Queries, clusters_of
from annotation.agreement.coefficients.kappa import statistic
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples, figure
from annotation.agreement.ratings import Ratings
from annotation.agreement.scales import Scale, Weights, agreement_weights


def agreement_with_others(
    ratings: Ratings,
    *,
    scale: Scale,
    weights: Weights = "quadratic",
    queries: Queries | None = None,
    resamples: Resamples = DEFAULT_RESAMPLES,
) -> Figures:
    """Cohen's weighted kappa with each of the others, pooled: agreement and chance are added up over these pairs.

    Chance agreement comes from how often each of a pair gave every level in the responses that the annotator shares with any
    other. With two annotators the figure is their kappa. Arguments as in kappa.
    """
    agreements = agreement_weights(weights, scale)
    figures = []
    for number, (shared, reason) in enumerate(shared_responses(ratings)):
        if reason:
            figures.append(Figure(None, 0, reason))
            continue
        compared = ratings[:, shared]
        present = np.flatnonzero(~np.isnan(compared).all(axis=1))
        own = int(np.searchsorted(present, number))
        data = clusters_of(compared[present], scale, None if queries is None else queries[shared])
        pairs = [(own, other) for other in range(len(present)) if other != own]
        figures.append(figure(statistic(data, agreements, pairs), data, compared.shape[1], resamples=resamples))
    return tuple(figures)
