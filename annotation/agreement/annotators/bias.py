"""Bias: whether an annotator is more lenient towards the responses of one system, or of one field, than towards all others."""

from dataclasses import dataclass

import numpy as np

from annotation.agreement.annotators.estimates import Estimate, Numbers
from annotation.agreement.annotators.least_squares import LeastSquares
from annotation.agreement.annotators.parts import means_of_parts
from annotation.agreement.clusters import Floats

FALSE_DISCOVERIES = 0.05


@dataclass(frozen=True)
class Bias:
    """`estimate` is the severity that the ratings of one kind of response show less the annotator's severity, in points.

    `p` is that of no bias, two-sided; `adjusted` is it after Benjamini & Hochberg 1995 over all annotators and kinds. Both are
    None where there is no standard error.
    """

    estimate: Estimate
    p: float | None
    adjusted: float | None

    @property
    def beyond_chance(self) -> bool:
        """Of all that are marked so, one in twenty is expected to be there by chance."""
        return self.adjusted is not None and self.adjusted <= FALSE_DISCOVERIES


def biases(fit: LeastSquares, kinds: Numbers, count: int) -> tuple[tuple[Bias | None, ...], ...]:
    """Annotators x kinds; None where an annotator shares no response of the kind. `kinds` has the number of each response's kind.

    All of them are None where there is one kind alone: nothing can then be compared.
    """
    if count < 2:
        return tuple((None,) * count for _annotator in fit.severity)
    estimates = means_of_parts(fit, kinds[fit.response], count, from_own=True)
    chances = [[None if each is None else chance(each) for each in row] for row in estimates]
    adjusted = iter(benjamini_hochberg(np.array([p for row in chances for p in row if p is not None])).tolist())
    return tuple(
        tuple(
            None if each is None else Bias(each, p, None if p is None else next(adjusted))
            for each, p in zip(row, of_row, strict=True)
        )
        for row, of_row in zip(estimates, chances, strict=True)
    )


def chance(estimate: Estimate) -> float | None:
    """The two-sided p of no difference from 0, by Student's t on queries - 1."""
    from scipy.special import stdtr  # type: ignore[import-untyped]  # late: most commands do without

    if estimate.figure.value is None or estimate.se is None:
        return None
    return float(2 * stdtr(estimate.queries - 1, -abs(estimate.figure.value) / estimate.se))


def benjamini_hochberg(chances: Floats) -> Floats:
    """The p values adjusted for their number, so that what lies below a bound has that share of false discoveries at most."""
    order = np.argsort(chances)[::-1]
    ranks = np.arange(len(chances), 0, -1)
    adjusted = np.empty(len(chances))
    # the first of them is the greatest p itself, so none is above 1
    adjusted[order] = np.minimum.accumulate(chances[order] * len(chances) / ranks)
    return adjusted
