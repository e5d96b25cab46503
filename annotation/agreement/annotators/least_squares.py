"""Least squares over all that annotators share: rating = response x criterion + severity of the annotator + residual.

Of a pair of response and criterion that n annotators rated, the model compares each rating with the n - 1 others, their own
severity taken out. So whoever shares responses with a severe colleague does not look lenient, and annotators who never met are
compared through those whom both met. Severities add up to 0 in each group of linked annotators; across groups nothing is
compared, since hard responses and severe annotators cannot be told apart there.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from annotation.agreement.annotators.estimates import Numbers, distinct
from annotation.agreement.annotators.links import joined
from annotation.agreement.annotators.shared import Mask
from annotation.agreement.clusters import Floats, Queries
from annotation.agreement.ratings import Counts, why_not_comparable


@dataclass(frozen=True)
class LeastSquares:
    """The fit of ratings, criteria x annotators x responses.

    `rated` is annotators x responses: whether rated on any criterion. `severity` is annotators, in points, NaN for who shares
    nothing; `inverse` is annotators x annotators, the generalised inverse of the matrix of the normal equations. `group` has the
    number of each annotator's group, from 0 in the order of the annotators; -1 for who shares nothing. The other arrays have an
    entry for each shared rating, those of a pair of response and criterion that others rated too: whose it is, the numbers of its
    criterion, its response and its query, `raters`, how many rated, and the `rating` itself.

    `gap` is the rating less the mean of the others' ratings, each of these less its annotator's severity: the severity that
    this rating alone shows. `weight` is (raters - 1) / raters, the weight with which it counts: an annotator's severity is the
    weighted mean of the gaps.
    """

    rated: Mask
    severity: Floats
    inverse: Floats
    group: Numbers
    annotator: Numbers
    criterion: Numbers
    response: Numbers
    query: Numbers
    raters: Floats
    rating: Floats
    gap: Floats

    @cached_property
    def responses(self) -> Numbers:
        """How many responses each annotator shares with others."""
        return distinct(self.annotator, self.response, len(self.severity))

    @property
    def cell(self) -> Numbers:
        """The number of each shared rating's pair of response and criterion."""
        return np.asarray(self.criterion * self.rated.shape[1] + self.response)

    @cached_property
    def moves(self) -> Floats:
        """How far each query moves each severity, queries x annotators: the residuals of its ratings, through the inverse."""
        annotators, queries = len(self.severity), int(self.query.max(initial=-1)) + 1
        place, size = self.query * annotators + self.annotator, queries * annotators
        scores = np.bincount(place, weights=self.weight * self.beyond, minlength=size)
        return np.asarray(scores.reshape(queries, annotators) @ self.inverse)

    def why_not_comparable(self) -> list[str | None]:
        """Per annotator the reason why they cannot be compared with others; None where they can."""
        own = self.rated.sum(axis=1)
        raters = int((own > 0).sum())
        return [
            why_not_comparable(Counts(items=items, pairable_items=pairable, raters=raters, ratings=items))
            for items, pairable in zip(own.tolist(), self.responses.tolist(), strict=True)
        ]

    @cached_property
    def weight(self) -> Floats:
        return np.asarray(1 - 1 / self.raters)

    @cached_property
    def beyond(self) -> Floats:
        """How far each shared rating lies above what the others' ratings and the annotator's severity lead one to expect."""
        return np.asarray(self.gap - self.severity[self.annotator])


def least_squares(values: Floats, queries: Queries) -> LeastSquares:
    """`values` is criteria x annotators x responses, NaN for none: the ratings of each criterion, stacked.

    `queries` has a whole number per response, equal for responses to one query.
    """
    from scipy.sparse import csr_array  # type: ignore[import-untyped]  # late: most commands do without

    criteria, annotators, responses = values.shape
    rated = np.flatnonzero(~np.isnan(values))
    criterion, annotator, response = np.unravel_index(rated, values.shape)
    judged = np.zeros(values.shape[1:], dtype=bool)
    judged[annotator, response] = True
    cell = criterion * responses + response
    raters = np.bincount(cell, minlength=criteria * responses).astype(float)
    shared = raters[cell] > 1
    criterion, annotator, response, cell = (numbers[shared] for numbers in (criterion, annotator, response, cell))
    value, n = values.ravel()[rated[shared]], raters[cell]

    def summed(numbers: Floats) -> Floats:
        """Over all who rated the same pair of response and criterion, for each rating."""
        return np.asarray(np.bincount(cell, weights=numbers)[cell])

    rows = csr_array((np.ones(len(cell)), (annotator, cell)), shape=(annotators, criteria * responses))
    links = (csr_array((1 / n, (annotator, cell)), shape=rows.shape) @ rows.T).toarray()
    group = np.full(annotators, -1)
    for number, members in enumerate(joined(links > 0)):
        group[members] = number
    inverse = inverted(np.diag(np.bincount(annotator, minlength=annotators)) - links, group)
    from_mean = value - summed(value) / n
    severity = inverse @ np.bincount(annotator, weights=from_mean, minlength=annotators)
    fair = value - severity[annotator]
    return LeastSquares(
        rated=judged,
        severity=np.where(group < 0, np.nan, severity),
        inverse=inverse,
        group=group,
        annotator=annotator,
        criterion=criterion,
        response=response,
        query=np.unique(queries, return_inverse=True)[1][response],
        raters=n,
        rating=value,
        gap=value - (summed(fair) - fair) / (n - 1),
    )


def inverted(normal: Floats, group: Numbers) -> Floats:
    """The generalised inverse of the matrix of the normal equations, whose rows add up to 0 within each group.

    A constant added to all entries of a group makes it invertible, and is taken out again: the rest is orthogonal to it.
    """
    same = (group[:, None] == group) & (group >= 0)[:, None]
    share = same / np.maximum(same.sum(axis=1), 1)
    alone = np.diag((group < 0).astype(float))
    scale = max(1.0, float(np.trace(normal)) / max(len(normal), 1))
    return np.asarray(np.linalg.inv(normal + scale * (share + alone)) - (share + alone) / scale)
