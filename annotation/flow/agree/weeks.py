"""Agreement over time: alpha by week, whether it has a trend, and which pairs of ratings are of no week.

A week has the judgements that were given in it: two ratings of a response are compared where both were given in that week. So
what happens in a week shows in that week alone, and the figures of two weeks share no rating: a trend can be tested.
"""

from datetime import timedelta
from typing import Any

from annotation.agreement import DEFAULT_RESAMPLES, Resamples, trend
from annotation.flow.agree.rows import alpha_of
from annotation.flow.judgements import AT_ONCE, ProjectCache, RatingMatrix, rating_matrices
from annotation.flow.judgements.matrix import week_number
from annotation.models import Project

Rows = list[dict[str, Any]]
WIDTH = 2 * 1.96  # of a 95 % interval, in standard errors


def over_time(
    project: Project, rubric: str, criterion: str, resamples: Resamples | None = DEFAULT_RESAMPLES, *, behind: timedelta = AT_ONCE
) -> dict[str, Any]:
    """Of one criterion, or the overall, under one rubric: alpha by `weeks` as in the report by week, its `trend`, and the
    `pairs_of_weeks`; `behind` as in ProjectCache."""
    cache = ProjectCache(project)

    def make() -> dict[str, Any]:
        [matrix] = [matrix for matrix in rating_matrices(project, cache) if matrix.rubric.name == rubric]
        weeks = [{"week": week, "alpha": alpha_of(part, criterion, resamples)} for week, part in matrix.weekly()]
        return {"weeks": weeks, "trend": trend_of(weeks), "pairs_of_weeks": pairs_of_weeks(matrix)}

    value: dict[str, Any] = cache.get(("over_time", rubric, criterion, resamples), make, behind=behind)[0]
    return value


def trend_of(weeks: Rows) -> dict[str, Any]:
    """The change of alpha per week with its test, from rows with `week` and `alpha`. Weeks without an interval do not count."""
    alphas = [row["alpha"] for row in weeks]
    errors = [None if alpha.get("low") is None else (alpha["high"] - alpha["low"]) / WIDTH for alpha in alphas]
    return trend([week_number(row["week"]) for row in weeks], [alpha["value"] for alpha in alphas], errors).plain()


def trends(groups: Rows) -> Rows:
    """A row per rubric and criterion, from the groups of a report by week."""
    weeks: dict[tuple[str, str], Rows] = {}
    for group in groups:
        for row in group["criteria"]:
            own = {"week": group["by"]["week"], "alpha": row["alpha"]}
            weeks.setdefault((row["rubric"], row["criterion"]), []).append(own)
    return [{"rubric": rubric, "criterion": key, "alpha": trend_of(rows)} for (rubric, key), rows in weeks.items()]


def pairs_of_weeks(matrix: RatingMatrix) -> dict[str, int]:
    """How many pairs of judgements of one response there are, and how many of them were given in one week: the others are of no
    week."""
    return {"pairs": pairs(matrix), "within": sum(pairs(part) for _week, part in matrix.weekly())}


def pairs(matrix: RatingMatrix) -> int:
    number = matrix.submitted.sum(axis=0)
    return int((number * (number - 1) // 2).sum())
