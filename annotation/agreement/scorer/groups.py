"""The correlation within and between groups.

Pooled over systems that differ, scores that only tell systems apart correlate too.
"""

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Floats, Queries
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.reasons import CONSTANT, FEW_GROUPS, NO_SCORES, SAME_IN_GROUPS
from annotation.agreement.scorer.measures import Scores, cosine_of_angle
from annotation.agreement.scorer.sums import OfSums, clusters_of_responses, figures, ratio
from annotation.agreement.transforms import COEFFICIENT

Groups = NDArray[np.int64]


def pearson_within(
    scores: Scores,
    labels: Scores,
    groups: Groups,
    queries: Queries | None = None,
    *,
    resamples: Resamples | None = DEFAULT_RESAMPLES,
) -> Figure:
    """Pearson's coefficient of the distances from the group's means: how far the scorer tells responses of one group apart.

    `groups` has a whole number per response, equal for those of one group. `n` counts the responses. Other arguments as in
    `measures`.
    """
    return pearson_of_groups(scores, labels, groups, queries, resamples=resamples)["within"]


def pearson_between(
    scores: Scores,
    labels: Scores,
    groups: Groups,
    queries: Queries | None = None,
    *,
    resamples: Resamples | None = DEFAULT_RESAMPLES,
) -> Figure:
    """Pearson's coefficient of the groups' means, each weighing as many times as the group has responses; with two of them it
    would be 1 or -1 whatever the scores. `n` counts the groups. Arguments as in pearson_within.

    Its interval is for these groups.
    """
    return pearson_of_groups(scores, labels, groups, queries, resamples=resamples)["between"]


def pearson_of_groups(
    scores: Scores,
    labels: Scores,
    groups: Groups,
    queries: Queries | None = None,
    *,
    resamples: Resamples | None = DEFAULT_RESAMPLES,
) -> dict[str, Figure]:
    """ "within" and "between" at once, which costs hardly more than one of them. Arguments as in pearson_within."""
    if not len(scores):
        return {side: Figure(None, 0, NO_SCORES) for side in ("within", "between")}
    places = groups_in_order(groups)
    columns = sums_of_groups(scores - labels.mean(), labels - labels.mean(), places)
    within, between = within_value(scores, labels, places), between_value(scores, labels, places)
    measures: dict[str, OfSums | Figure] = {
        "within": within
        if isinstance(within, Figure)
        else OfSums(columns, within_of_sums, len(scores), COEFFICIENT, within, SAME_IN_GROUPS),
        "between": between
        if isinstance(between, Figure)
        else OfSums(columns, between_of_sums, int(places.max()) + 1, COEFFICIENT, between),
    }
    return figures(measures, clusters_of_responses(queries, len(scores)), resamples, sparse=True)


def within_value(scores: Scores, labels: Scores, places: NDArray[np.intp]) -> float | Figure:
    values = np.stack([scores, labels])
    distances = values - means_of_groups(values, places)[1][:, places]
    if ((distances**2).sum(axis=1) <= 1e-12 * (values**2).sum(axis=1)).any():
        return Figure(None, len(scores), SAME_IN_GROUPS)
    return cosine_of_angle(*distances)


def between_value(scores: Scores, labels: Scores, places: NDArray[np.intp]) -> float | Figure:
    sizes, means = means_of_groups(np.stack([scores, labels]), places)
    if len(sizes) < 3:
        return Figure(None, len(sizes), FEW_GROUPS)
    distances = means - np.average(means, axis=1, weights=sizes)[:, None]
    if ((distances**2).sum(axis=1) <= 1e-12 * (means**2).sum(axis=1)).any():
        return Figure(None, len(sizes), CONSTANT)
    return cosine_of_angle(*(distances * np.sqrt(sizes)))


def sums_of_groups(x: Scores, y: Scores, places: NDArray[np.intp]) -> tuple[Floats, ...]:
    """Squares and products of all; then for each group 1, x and y of its responses, and 0 of the others."""
    own = [places == group for group in range(int(places.max()) + 1)]
    return x**2, y**2, x * y, *(np.where(mask, column, 0.0) for mask in own for column in (np.ones_like(x), x, y))


def parts_of_sums(sums: Floats) -> tuple[Floats, Floats, Floats]:
    """Replicates x 3 (of scores, labels, both): the sums of all, those of the groups' means, and those of the mean of all; and
    how many groups there are."""
    n, x, y = np.moveaxis(sums[:, 3:].reshape(len(sums), -1, 3), 2, 0)
    sizes = np.where(n > 0, n, 1)
    of_groups = np.stack([(x**2 / sizes).sum(axis=1), (y**2 / sizes).sum(axis=1), (x * y / sizes).sum(axis=1)], axis=1)
    all_x, all_y = x.sum(axis=1), y.sum(axis=1)
    of_all = np.stack([all_x**2, all_y**2, all_x * all_y], axis=1) / n.sum(axis=1)[:, None]
    return of_groups, of_all, (n > 0).sum(axis=1)


def within_of_sums(sums: Floats) -> Floats:
    of_groups, _of_all, _number = parts_of_sums(sums)
    return of_products(sums[:, :3] - of_groups, sums[:, :2])


def between_of_sums(sums: Floats) -> Floats:
    of_groups, of_all, number = parts_of_sums(sums)
    return np.where(number < 3, np.nan, of_products(of_groups - of_all, sums[:, :2]))


def of_products(products: Floats, squares: Floats) -> Floats:
    """A correlation from the sums of squares and products; NaN where a square is nothing but rounding."""
    constant = np.any(products[:, :2] <= 1e-12 * squares, axis=1)
    x, y, both = np.where(np.expand_dims(constant, 1), 1.0, products).T
    return np.where(constant, np.nan, np.clip(ratio(both, np.sqrt(x) * np.sqrt(y)), -1, 1))


def groups_in_order(groups: Groups) -> NDArray[np.intp]:
    """The groups counted from 0."""
    return np.unique(groups, return_inverse=True)[1]


def means_of_groups(values: Scores, places: NDArray[np.intp]) -> tuple[Scores, Scores]:
    """The number of responses of each group, and the means of each row of `values`: rows x groups."""
    sizes = np.bincount(places).astype(float)
    return sizes, np.stack([np.bincount(places, weights=row) / sizes for row in values])
