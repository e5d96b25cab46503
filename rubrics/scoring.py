"""The rule that turns criterion scores into an overall score: on arrays of floats, or in exact fractions."""

from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from fractions import Fraction
from math import floor, lcm
from typing import Any, Protocol

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from rubrics.models import Criterion, Rubric

Array = Any  # numpy's types say little more than that


class Criteria(Protocol):
    def all(self) -> Iterable[Criterion]: ...


class Rule(Protocol):
    """What the overall depends on: of a rubric, or of one that is being written (rubrics/preview.py)."""

    @property
    def overall_method(self) -> str: ...
    @property
    def overall_min(self) -> int: ...
    @property
    def overall_max(self) -> int: ...
    @property
    def criteria(self) -> Criteria: ...


def overall_of(rubric: Rule, ratings: Mapping[str, Array], holistic: Array) -> Array:
    """The overall score of each judgement, within the rubric's range.

    `ratings` has an array for each criterion's key, all of the shape of `holistic`: floats, or, for an exact result, Fractions
    (dtype object). NaN is a rated criterion that is not applicable, which leaves the mean, or an overall that was not scored; a
    penalty is 1 where it applies. The result is NaN where nothing is left to take a mean of, or the holistic score is missing.
    """
    if holistic.dtype != object:
        return by_rule(rubric, ratings, holistic)
    unit = lcm(*(denominator for values in (*ratings.values(), holistic) for denominator in denominators(values)))
    in_units = {key: multiples(values, unit) for key, values in ratings.items()}
    return by_rule(rubric, in_units, multiples(holistic, unit), unit)


def by_rule(rubric: Rule, ratings: Mapping[str, Array], holistic: Array, unit: int = 1) -> Array:
    """Of floats; or the exact result, of whole numbers (dtype object) that count parts of 1, `unit` of them."""
    is_exact = holistic.dtype == object
    number: Any = exact_number if is_exact else float
    divided: Any = np.frompyfunc(Fraction, 2, 1) if is_exact else np.divide
    rated = [criterion for criterion in rubric.criteria.all() if criterion.is_rated]
    points = sum(number(item.points or 0) * or_zero(ratings[item.key]) for item in rubric.criteria.all() if not item.is_rated)
    if rubric.overall_method == Rubric.Overall.HOLISTIC:
        defined, value = holistic == holistic, or_zero(holistic)
    else:
        weights = {item.key: number(item.weight or 0) for item in rated}
        weight = sum((weights[item.key] * (ratings[item.key] == ratings[item.key]) for item in rated), 0 * or_zero(holistic))
        defined = weight > 0
        value = sum(weights[item.key] * or_zero(ratings[item.key]) for item in rated)
        if rubric.overall_method == Rubric.Overall.WEIGHTED_MEAN:
            value = divided(value, np.where(defined, weight, 1))
    value = np.clip(value - points, unit * number(rubric.overall_min), unit * number(rubric.overall_max))
    return np.where(defined, divided(value, unit), np.nan)


def denominators(values: Array) -> set[int]:
    """Of Fractions and NaN."""
    return {value.denominator for value in values.flat if isinstance(value, Fraction)}


def multiples(values: Array, unit: int) -> Array:
    """How many parts of 1 each Fraction is, of which 1 has `unit`; NaN stays."""
    counts = [value.numerator * (unit // value.denominator) if isinstance(value, Fraction) else value for value in values.flat]
    return np.array(counts, dtype=object).reshape(values.shape)


def exact_number(value: Decimal | int) -> Fraction | int:
    """A whole number as such: a product with a Fraction takes long."""
    return int(value) if value % 1 == 0 else Fraction(value)


def or_zero(values: Array) -> Array:
    """The values, 0 for NaN: the one value that does not equal itself."""
    return np.where(values == values, values, 0)


def overall(
    rubric: Rule,
    *,
    scores: Mapping[str, Fraction | int | None],
    penalties: Set[str],
    holistic: Fraction | int | None = None,
) -> Fraction | None:
    """The exact overall of one judgement. `scores` has a value for each rated criterion, or None where it is not applicable."""
    ratings = {
        item.key: exact(scores.get(item.key) if item.is_rated else int(item.key in penalties)) for item in rubric.criteria.all()
    }
    [value] = overall_of(rubric, ratings, exact(holistic))
    return None if value != value else Fraction(value)


def exact(value: Fraction | int | None) -> Array:
    return np.array([np.nan if value is None else Fraction(value)], dtype=object)


def explain_overall(
    rubric: Rule,
    *,
    scores: Mapping[str, Fraction | int | None],
    penalties: Set[str],
    holistic: Fraction | int | None = None,
) -> str:
    """How the overall is calculated, in words: "mean 4.2, less 1 for harm", or "the mean" where that is all. Empty where there is
    no overall."""
    value = overall(rubric, scores=scores, penalties=penalties, holistic=holistic)
    before = overall(rubric, scores=scores, penalties=frozenset(), holistic=holistic)
    if value is None or before is None:
        return ""
    alone, method = {
        Rubric.Overall.WEIGHTED_MEAN: (_("the mean"), _("mean %(value)s")),
        Rubric.Overall.SUM: (_("the sum"), _("sum %(value)s")),
        Rubric.Overall.HOLISTIC: (_("as given"), _("given as %(value)s")),
    }[Rubric.Overall(rubric.overall_method)]
    applied = [item for item in rubric.criteria.all() if item.points and item.key in penalties]
    if not applied and format_score(before) == format_score(value):
        return alone
    parts = [method % {"value": format_score(before)}]
    parts += [
        _("less %(points)s for %(title)s") % {"points": format_score(item.points or 0), "title": item.title} for item in applied
    ]
    if applied and value > before - sum(Fraction(item.points or 0) for item in applied):
        parts.append(_("but not below %(low)s") % {"low": format_score(rubric.overall_min)})
    return ", ".join(parts)


def format_score(value: Fraction | Decimal | int) -> str:
    """With two decimals at most, in the reader's language."""
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return str(number_format(text))


def rounded(rubric: Rubric, value: Fraction) -> int:
    """The whole number that a scorer learns."""
    if rubric.rounding == Rubric.Rounding.HALF_EVEN:
        return round(value)
    return floor(value + Fraction(1, 2))
