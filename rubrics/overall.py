"""The rule that turns criterion scores into an overall score, in exact fractions."""

from collections.abc import Mapping, Set
from fractions import Fraction
from math import floor

from rubrics.models import Rubric


def overall(
    rubric: Rubric,
    *,
    scores: Mapping[str, Fraction | int | None],
    penalties: Set[str],
    holistic: Fraction | int | None = None,
) -> Fraction | None:
    """The overall score within the rubric's range.

    `scores` has a value for each rated criterion, or None where it is not applicable, which leaves the mean. None is
    returned when nothing is left to take a mean of, or the annotator's own overall is missing.
    """
    applicable = {key: Fraction(value) for key, value in scores.items() if value is not None}
    weights = {item.key: Fraction(item.weight) for item in rubric.criteria.all() if item.weight and item.key in applicable}
    points = sum((Fraction(item.points) for item in rubric.criteria.all() if item.points and item.key in penalties), Fraction())
    if rubric.overall_method == Rubric.Overall.HOLISTIC:
        if holistic is None:
            return None
        value = Fraction(holistic)
    elif not weights:
        return None
    else:
        value = sum((weight * applicable[key] for key, weight in weights.items()), Fraction())
        if rubric.overall_method == Rubric.Overall.WEIGHTED_MEAN:
            value /= sum(weights.values())
    return max(Fraction(rubric.overall_min), min(Fraction(rubric.overall_max), value - points))


def rounded(rubric: Rubric, value: Fraction) -> int:
    """The whole number that a scorer learns."""
    if rubric.rounding == Rubric.Rounding.HALF_EVEN:
        return round(value)
    return floor(value + Fraction(1, 2))
