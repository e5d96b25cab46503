"""The interval for annotators of this kind, beside the one for these annotators.

A figure errs since the queries are a sample, since the annotators' severities are one, and since their noise and their use of the
scale are. The distances of the ends from the value by each of these, on the figure's unbounded scale, add up as squares (Zou &
Donner 2008). What moves when an annotator is left out is in part noise, which is in the first already: the variance is that of
queries, and that of annotators, less that of both.
"""

from dataclasses import dataclass

import numpy as np

from annotation.agreement.clusters import Floats
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import Statistic
from annotation.agreement.reasons import FEW_ANNOTATORS
from annotation.agreement.reliability.sample import AnnotatorSample
from annotation.agreement.transforms import Transform


@dataclass(frozen=True)
class TwoWay:
    """A figure, whose own interval is for these annotators, with the interval for annotators of this kind.

    `low` and `high` are both or neither; `no_interval` says why there are none where the figure has a value and intervals are
    wanted.
    """

    figure: Figure
    low: float | None = None
    high: float | None = None
    no_interval: str | None = None

    def plain(self, *, interval: bool) -> dict[str, object]:
        """As the figure in JSON; with an interval there is one more key, `two_way`."""
        fields: dict[str, object] = dict(self.figure.plain(interval=interval))
        two_way = {"low": self.low, "high": self.high, "no_interval": self.no_interval}
        return fields | {"two_way": two_way} if interval else fields


def two_way(figure: Figure, formula: Statistic, transform: Transform, sample: AnnotatorSample | None) -> TwoWay:
    """`formula` gives the figure's value of rows of fields."""
    if figure.value is None or figure.low is None or figure.high is None:
        return TwoWay(figure, no_interval=figure.no_interval)
    if sample is None:
        return TwoWay(figure, no_interval=FEW_ANNOTATORS)
    from scipy.special import stdtrit  # type: ignore[import-untyped]  # late: most commands do without

    inside = transform.low < figure.value < transform.high  # else on the figure's own scale, as its own interval

    def scaled(values: Floats) -> Floats:
        within = np.clip(values, transform.low, transform.high)
        with np.errstate(divide="ignore"):  # the end of the range is infinitely far
            return np.array([transform.forward(number) for number in within.tolist()]) if inside else within

    value, low, high = scaled(np.array([figure.value, figure.low, figure.high]))
    severity = scaled(formula(sample.severity))
    without, chance = formula(sample.without), formula(sample.chance)
    people = len(without)
    variance = (people - 1) / people * ((without - without.mean()) ** 2).sum() - ((chance - figure.value) ** 2).sum()
    if np.isnan(variance) or np.isnan(severity).any():
        return TwoWay(figure, no_interval=FEW_ANNOTATORS)
    # in the figure's own units, as the error of every jackknife here
    others = stdtrit(people - 1, 0.975) * np.sqrt(max(variance, 0.0)) * (transform.derivative(figure.value) if inside else 1.0)
    below = np.sqrt((value - low) ** 2 + max(value - severity.min(), 0.0) ** 2 + others**2)
    above = np.sqrt((high - value) ** 2 + max(severity.max() - value, 0.0) ** 2 + others**2)
    ends = (value - below, value + above)
    low, high = (float(transform.inverse(end)) if inside else float(end) for end in ends)
    return TwoWay(figure, max(low, transform.low), min(high, transform.high))
