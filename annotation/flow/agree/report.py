"""The agreement report: computed from the first judgements when read; what is kept of it is kept by what it depends on."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from annotation.agreement import (
    DEFAULT_RESAMPLES,
    Figure,
    Level,
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
from annotation.flow.agree.annotators import people
from annotation.flow.agree.drilldown import OVERALL
from annotation.flow.judgements.cache import AT_ONCE, cached
from annotation.flow.judgements.matrix import Array, RatingMatrix, rating_matrices
from annotation.models import Project
from rubrics.models import Criterion, Rubric

GROUPINGS = ("category", "field", "subfield", "system", "round", "week")
FEWEST_DRAWS, MOST_DRAWS = 100, 10_000
Rows = list[dict[str, Any]]


def agreement_report(project: Project, by: Iterable[str] = (), draws: Resamples | None = DEFAULT_RESAMPLES) -> dict[str, Any]:
    """The report of the contract: a group per combination of the `by` columns, in each a row per rubric and criterion.

    Beside the groups, rows about people: flow/agree/annotators.py. Without `draws` there are no intervals. Raises Refused.
    """
    return agreement_report_at(project, by, draws)[0]


def agreement_report_at(
    project: Project, by: Iterable[str] = (), draws: Resamples | None = DEFAULT_RESAMPLES, *, behind: timedelta = AT_ONCE
) -> tuple[dict[str, Any], datetime]:
    """The report and of when it is; `behind` as in kept."""
    columns = checked_groupings(by)

    def make() -> dict[str, Any]:
        found = {"project": project.slug, "groups": groups(rating_matrices(project), columns, draws)}
        return found | people(project, draws)

    return cached(project, ("report", columns, draws), make, behind=behind)


def by_week(
    project: Project, rubric: str, criterion: str, draws: Resamples | None = DEFAULT_RESAMPLES, *, behind: timedelta = AT_ONCE
) -> Rows:
    """Alpha of one criterion, or the overall, under one rubric by week: as in the report by week, without its other figures."""

    def make() -> Rows:
        found = [judged for judged in rating_matrices(project) if judged.rubric.name == rubric]
        parts = [(week, part) for judged in found for (week,), part in split(judged, ["week"])]
        return [{"week": week, "alpha": alpha_of(part, criterion, draws)} for week, part in parts]

    found: Rows = cached(project, ("weeks", rubric, criterion, draws), make, behind=behind)[0]
    return found


def checked_groupings(by: Iterable[str]) -> list[str]:
    columns = list(dict.fromkeys(by))
    if unknown := [column for column in columns if column not in GROUPINGS]:
        raise Refused(_("by: %(unknown)s is none of %(known)s") % {"unknown": ", ".join(unknown), "known": ", ".join(GROUPINGS)})
    return columns


def read_resamples(resamples: Any, seed: Any) -> Resamples | None:
    """As commands and addresses tell them: no draws, no intervals. Raises Refused."""
    number, start = whole_number("resamples", resamples), whole_number("seed", seed)
    if number == 0:
        return None
    if not FEWEST_DRAWS <= number <= MOST_DRAWS:
        raise Refused(
            _("resamples: expected 0 or %(least)s to %(most)s, not %(given)s")
            % {"least": FEWEST_DRAWS, "most": MOST_DRAWS, "given": number}
        )
    if not -(2**63) <= start < 2**63:
        raise Refused(_("seed: expected a whole number of at most 64 bits, not %(seed)s") % {"seed": start})
    return Resamples(start, number)


def whole_number(field: str, given: Any) -> int:
    try:
        return int(given)
    except ValueError as error:
        raise Refused(_("%(field)s: expected a whole number, not %(given)s") % {"field": field, "given": given}) from error


def sorted_rubrics(rubrics: dict[int, Rubric]) -> list[Rubric]:
    return sorted(rubrics.values(), key=lambda rubric: (rubric.slug, rubric.version))


def groups(judged: list[RatingMatrix], columns: list[str], draws: Resamples | None) -> Rows:
    """Rubrics are never pooled: a group has rows of each that its responses were judged by."""
    if not columns:
        return [{"by": {}, "criteria": [row for part in judged for row in rubric_rows(part, draws)]}]
    parts: dict[tuple[str, ...], list[RatingMatrix]] = {}
    for whole in judged:
        for values, part in split(whole, columns):
            parts.setdefault(values, []).append(part)
    return [
        {
            "by": dict(zip(columns, values, strict=True)),
            "criteria": [row for part in parts[values] for row in rubric_rows(part, draws)],
        }
        for values in sorted(parts, key=lambda values: [group_order(*pair) for pair in zip(columns, values, strict=True)])
    ]


def split(judged: RatingMatrix, columns: list[str]) -> Iterator[tuple[tuple[str, ...], RatingMatrix]]:
    """By the values of the columns; responses that nobody judged are in none."""
    given = judged.days.any(axis=0)
    places, rows = np.zeros(len(judged.tasks), dtype=np.int64), [judged.column(name) for name in columns]
    for row in rows:
        found, at = np.unique(row, return_inverse=True)
        places = np.unique(places * len(found) + at, return_inverse=True)[1]
    for place in np.unique(places[given]):
        mask = given & (places == place)
        first = int(np.flatnonzero(mask)[0])
        yield tuple(str(row[first]) for row in rows), judged.part(mask)


def group_order(column: str, value: str) -> Any:
    return int(value) if column == "round" else value


def rubric_rows(judged: RatingMatrix, draws: Resamples | None) -> Iterator[dict[str, Any]]:
    """A row per rated criterion, then the overall, then the penalties."""
    criteria = list(judged.rubric.criteria.all())
    for criterion in filter(lambda item: item.is_rated, criteria):
        yield rated_row(judged, criterion, draws)
    yield overall_row(judged, draws)
    for criterion in filter(lambda item: not item.is_rated, criteria):
        yield penalty_row(judged, criterion, draws)


def rated_row(judged: RatingMatrix, criterion: Criterion, draws: Resamples | None) -> dict[str, Any]:
    ratings, scale, clusters = judged.values[criterion.key], judged.scale, clustered(judged, draws)
    figures = {
        "ac2": ac2(ratings, scale=scale, **clusters),
        "weighted_kappa": kappa(ratings, scale=scale, **clusters),
        "icc_single": icc_single(ratings, **clusters),
        "icc_mean": icc_mean(ratings, **clusters),
    }
    return {
        **counted(judged, criterion.key, "rated", ratings),
        "alpha": alpha_of(judged, criterion.key, draws),
        **plain(figures, draws),
        "exact": exact(ratings).value,
        "adjacent": adjacent(ratings).value,
        "mean_absolute_difference": mean_absolute_difference(ratings).value,
        "commonest": commonest(ratings),
    }


def overall_row(judged: RatingMatrix, draws: Resamples | None) -> dict[str, Any]:
    ratings, clusters = judged.overall, clustered(judged, draws)
    figures = {"icc_single": icc_single(ratings, **clusters), "icc_mean": icc_mean(ratings, **clusters)}
    return {
        **counted(judged, OVERALL, "overall", ratings),
        "alpha": alpha_of(judged, OVERALL, draws),
        **plain(figures, draws),
        "mean_absolute_difference": mean_absolute_difference(ratings).value,
    }


def penalty_row(judged: RatingMatrix, criterion: Criterion, draws: Resamples | None) -> dict[str, Any]:
    ratings = judged.values[criterion.key]
    return {
        **counted(judged, criterion.key, "penalty", ratings),
        "alpha": alpha_of(judged, criterion.key, draws),
        **plain({"ac1": ac1(ratings, scale=[0, 1], **clustered(judged, draws))}, draws),
        "prevalence": prevalence(ratings).value,
    }


def alpha_of(judged: RatingMatrix, key: str, draws: Resamples | None) -> dict[str, Any]:
    """Interval alpha of the overall, ordinal of a rated criterion, nominal of a penalty."""
    criterion = next((item for item in judged.rubric.criteria.all() if item.key == key), None)
    ratings = judged.overall if criterion is None else judged.values[key]
    scale: Any = None if criterion is None else judged.scale if criterion.is_rated else [0, 1]
    level: Level = "interval" if criterion is None else "ordinal" if criterion.is_rated else "nominal"
    return {"level": level} | alpha(ratings, level=level, scale=scale, **clustered(judged, draws)).plain(
        interval=draws is not None
    )


def clustered(judged: RatingMatrix, draws: Resamples | None) -> dict[str, Any]:
    return {} if draws is None else {"queries": judged.queries, "draws": draws}


def counted(judged: RatingMatrix, key: str, kind: str, ratings: Any) -> dict[str, Any]:
    found = counts(ratings)
    pairable = (~np.isnan(ratings)).sum(axis=0) > 1
    return {
        "rubric": judged.rubric.name,
        "criterion": key,
        "kind": kind,
        "items": found.items,
        "pairable_items": found.pairable_items,
        "queries": len(np.unique(judged.queries[pairable])),
        "raters": found.raters,
        "ratings": found.ratings,
    }


def commonest(ratings: Array) -> dict[str, Any] | None:
    """The level that most ratings are on, the lower of two, and their share: where it is high, alpha and kappa collapse."""
    levels, times = np.unique(ratings[~np.isnan(ratings)], return_counts=True)
    if not len(levels):
        return None
    return {"level": int(levels[times.argmax()]), "share": float(times.max() / times.sum())}


def plain(figures: dict[str, Figure], draws: Resamples | None) -> dict[str, Any]:
    """By name, the figure as JSON says it; without draws nothing is said of intervals."""
    return {name: figure.plain(interval=draws is not None) for name, figure in figures.items()}
