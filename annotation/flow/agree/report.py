"""The agreement report: computed from the first judgements when read, and cached under all that it depends on."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from annotation.agreement import (
    DEFAULT_RESAMPLES,
    Figure,
    MeasurementLevel,
    Resamples,
    ac1,
    ac2,
    adjacent,
    alpha,
    counts,
    exact,
    icc_mean,
    icc_single,
    kappa,
    mean_absolute_difference,
    prevalence,
)
from annotation.errors import Refused
from annotation.fields import whole_number
from annotation.flow.agree.annotators import people
from annotation.flow.agree.drilldown import OVERALL
from annotation.flow.agree.fair import fair_rows
from annotation.flow.judgements import AT_ONCE, Array, ProjectCache, RatingMatrix, rating_matrices
from annotation.models import Project
from rubrics.models import Criterion

GROUPINGS = ("category", "field", "subfield", "system", "round", "week")
FEWEST_RESAMPLES, MOST_RESAMPLES = 100, 10_000
Rows = list[dict[str, Any]]


def agreement_report(project: Project, by: Iterable[str] = (), resamples: Resamples | None = DEFAULT_RESAMPLES) -> dict[str, Any]:
    """The report of the contract: a group per combination of the `by` columns, in each a row per rubric and criterion.

    Beside the groups stand rows about people, by annotators.py. Without `resamples` there are no intervals. Raises Refused.
    """
    return agreement_report_at(project, by, resamples)[0]


def agreement_report_at(
    project: Project, by: Iterable[str] = (), resamples: Resamples | None = DEFAULT_RESAMPLES, *, behind: timedelta = AT_ONCE
) -> tuple[dict[str, Any], datetime]:
    """The report and the time that it is of; `behind` as in ProjectCache."""
    columns, cache = checked_groupings(by), ProjectCache(project)

    def make() -> dict[str, Any]:
        fair = fair_rows(project, cache)  # first: it reads the judgements for labels, and the first ones with them
        matrices = rating_matrices(project, cache)
        report = {"project": project.slug, "groups": groups(matrices, columns, resamples), "fair": fair}
        return report | people(matrices, resamples, cache)

    return cache.get(("report", columns, resamples), make, behind=behind)


def by_week(
    project: Project, rubric: str, criterion: str, resamples: Resamples | None = DEFAULT_RESAMPLES, *, behind: timedelta = AT_ONCE
) -> Rows:
    """Alpha of one criterion, or the overall, under one rubric by week: as in the report by week, without its other figures."""
    cache = ProjectCache(project)

    def make() -> Rows:
        chosen = [matrix for matrix in rating_matrices(project, cache) if matrix.rubric.name == rubric]
        parts = [(week, part) for matrix in chosen for (week,), part in split(matrix, ["week"])]
        return [{"week": week, "alpha": alpha_of(part, criterion, resamples)} for week, part in parts]

    rows: Rows = cache.get(("weeks", rubric, criterion, resamples), make, behind=behind)[0]
    return rows


def checked_groupings(by: Iterable[str]) -> list[str]:
    columns = list(dict.fromkeys(by))
    if unknown := [column for column in columns if column not in GROUPINGS]:
        raise Refused(_("by: %(unknown)s is none of %(known)s") % {"unknown": ", ".join(unknown), "known": ", ".join(GROUPINGS)})
    return columns


def read_resamples(resamples: Any, seed: Any) -> Resamples | None:
    """From the options of a command or an address. None, for 0, leaves the intervals out. Raises Refused."""
    number, start = read_number("resamples", resamples), read_number("seed", seed)
    if number == 0:
        return None
    if not FEWEST_RESAMPLES <= number <= MOST_RESAMPLES:
        raise Refused(
            _("resamples: expected 0 or %(least)s to %(most)s, not %(given)s")
            % {"least": FEWEST_RESAMPLES, "most": MOST_RESAMPLES, "given": number}
        )
    if not -(2**63) <= start < 2**63:
        raise Refused(_("seed: expected a whole number of at most 64 bits, not %(seed)s") % {"seed": start})
    return Resamples(start, number)


def read_number(field: str, value: Any) -> int:
    number = whole_number(str(value).strip(), digits=100)
    if number is None:
        raise Refused(_("%(field)s: expected a whole number, not %(given)s") % {"field": field, "given": value})
    return number


def groups(matrices: list[RatingMatrix], columns: list[str], resamples: Resamples | None) -> Rows:
    """A group per combination of the columns' values. Rubrics are never pooled: a group has rows for each of its rubrics."""
    if not columns:
        return [{"by": {}, "criteria": [row for matrix in matrices for row in rubric_rows(matrix, resamples)]}]
    parts: dict[tuple[str, ...], list[RatingMatrix]] = {}
    for matrix in matrices:
        for values, part in split(matrix, columns):
            parts.setdefault(values, []).append(part)
    return [
        {
            "by": dict(zip(columns, values, strict=True)),
            "criteria": [row for part in parts[values] for row in rubric_rows(part, resamples)],
        }
        for values in sorted(parts, key=lambda values: [group_order(*pair) for pair in zip(columns, values, strict=True)])
    ]


def split(matrix: RatingMatrix, columns: list[str]) -> Iterator[tuple[tuple[str, ...], RatingMatrix]]:
    """By the values of the columns; responses that nobody judged are in none."""
    is_judged = matrix.submitted.any(axis=0)
    grouped = [matrix.column(name) for name in columns]
    numbers = np.zeros(len(matrix.tasks), dtype=np.int64)  # of each response's group
    for column in grouped:
        values, places = np.unique(column, return_inverse=True)
        numbers = np.unique(numbers * len(values) + places, return_inverse=True)[1]
    for number in np.unique(numbers[is_judged]):
        mask = is_judged & (numbers == number)
        first = int(np.flatnonzero(mask)[0])
        yield tuple(str(column[first]) for column in grouped), matrix.part(mask)


def group_order(column: str, value: str) -> Any:
    return int(value) if column == "round" else value


def rubric_rows(matrix: RatingMatrix, resamples: Resamples | None) -> Iterator[dict[str, Any]]:
    """A row per rated criterion, then the overall, then the penalties."""
    criteria = list(matrix.rubric.criteria.all())
    for criterion in filter(lambda item: item.is_rated, criteria):
        yield rated_row(matrix, criterion, resamples)
    yield overall_row(matrix, resamples)
    for criterion in filter(lambda item: not item.is_rated, criteria):
        yield penalty_row(matrix, criterion, resamples)


def rated_row(matrix: RatingMatrix, criterion: Criterion, resamples: Resamples | None) -> dict[str, Any]:
    ratings, scale, clusters = matrix.values[criterion.key], matrix.scale, cluster_options(matrix, resamples)
    figures = {
        "ac2": ac2(ratings, scale=scale, **clusters),
        "weighted_kappa": kappa(ratings, scale=scale, **clusters),
        "icc_single": icc_single(ratings, **clusters),
        "icc_mean": icc_mean(ratings, **clusters),
    }
    return {
        **row_head(matrix, criterion.key, "rated", ratings),
        "alpha": alpha_of(matrix, criterion.key, resamples),
        **plain(figures, resamples),
        "exact": exact(ratings).value,
        "adjacent": adjacent(ratings).value,
        "mean_absolute_difference": mean_absolute_difference(ratings).value,
        "commonest": commonest(ratings),
    }


def overall_row(matrix: RatingMatrix, resamples: Resamples | None) -> dict[str, Any]:
    ratings, clusters = matrix.overall, cluster_options(matrix, resamples)
    figures = {"icc_single": icc_single(ratings, **clusters), "icc_mean": icc_mean(ratings, **clusters)}
    return {
        **row_head(matrix, OVERALL, "overall", ratings),
        "alpha": alpha_of(matrix, OVERALL, resamples),
        **plain(figures, resamples),
        "mean_absolute_difference": mean_absolute_difference(ratings).value,
    }


def penalty_row(matrix: RatingMatrix, criterion: Criterion, resamples: Resamples | None) -> dict[str, Any]:
    ratings = matrix.values[criterion.key]
    return {
        **row_head(matrix, criterion.key, "penalty", ratings),
        "alpha": alpha_of(matrix, criterion.key, resamples),
        **plain({"ac1": ac1(ratings, scale=[0, 1], **cluster_options(matrix, resamples))}, resamples),
        "prevalence": prevalence(ratings).value,
    }


def alpha_of(matrix: RatingMatrix, key: str, resamples: Resamples | None) -> dict[str, Any]:
    """Interval alpha of the overall, ordinal of a rated criterion, nominal of a penalty."""
    criterion = next((item for item in matrix.rubric.criteria.all() if item.key == key), None)
    ratings = matrix.overall if criterion is None else matrix.values[key]
    scale: Any = None if criterion is None else matrix.scale if criterion.is_rated else [0, 1]
    level: MeasurementLevel = "interval" if criterion is None else "ordinal" if criterion.is_rated else "nominal"
    return {"level": level} | alpha(ratings, level=level, scale=scale, **cluster_options(matrix, resamples)).plain(
        interval=resamples is not None
    )


def cluster_options(matrix: RatingMatrix, resamples: Resamples | None) -> dict[str, Any]:
    return {} if resamples is None else {"queries": matrix.queries, "resamples": resamples}


def row_head(matrix: RatingMatrix, key: str, kind: str, ratings: Any) -> dict[str, Any]:
    """What a row is about, and how many ratings it rests on."""
    counted = counts(ratings)
    pairable = (~np.isnan(ratings)).sum(axis=0) > 1
    return {
        "rubric": matrix.rubric.name,
        "criterion": key,
        "kind": kind,
        "items": counted.items,
        "pairable_items": counted.pairable_items,
        "queries": len(np.unique(matrix.queries[pairable])),
        "raters": counted.raters,
        "ratings": counted.ratings,
    }


def commonest(ratings: Array) -> dict[str, Any] | None:
    """The level of most ratings, the lower of two, and their share: where it is high, alpha and kappa collapse."""
    levels, numbers = np.unique(ratings[~np.isnan(ratings)], return_counts=True)
    if not len(levels):
        return None
    return {"level": int(levels[numbers.argmax()]), "share": float(numbers.max() / numbers.sum())}


def plain(figures: dict[str, Figure], resamples: Resamples | None) -> dict[str, Any]:
    """By name, the figure as JSON has it; without resamples it has no keys of an interval."""
    return {name: figure.plain(interval=resamples is not None) for name, figure in figures.items()}
