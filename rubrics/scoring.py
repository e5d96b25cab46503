"""The rule that turns criterion scores into an overall score, in exact fractions."""

from collections.abc import Mapping, Set
from decimal import Decimal
from fractions import Fraction
from math import floor

from django.utils.formats import number_format
from django.utils.translation import gettext as _

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


def explain_overall(
    rubric: Rubric,
    *,
    scores: Mapping[str, Fraction | int | None],
    penalties: Set[str],
    holistic: Fraction | int | None = None,
) -> str:
    """How the overall is calculated, in words: "mean 4.2, less 1 for harm". Empty where there is no overall."""
    value = overall(rubric, scores=scores, penalties=penalties, holistic=holistic)
    before = overall(rubric, scores=scores, penalties=frozenset(), holistic=holistic)
    if value is None or before is None:
        return ""
    method = {
        Rubric.Overall.WEIGHTED_MEAN: _("mean %(value)s"),
        Rubric.Overall.SUM: _("sum %(value)s"),
        Rubric.Overall.HOLISTIC: _("given as %(value)s"),
    }[Rubric.Overall(rubric.overall_method)]
    parts = [method % {"value": format_score(before)}]
    applied = [item for item in rubric.criteria.all() if item.points and item.key in penalties]
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
