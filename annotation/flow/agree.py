"""The agreement report: computed from the first judgements when read, never stored."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext as _

from annotation.agreement import Figure, Level, adjacent, alpha, counts, exact, prevalence
from annotation.flow.errors import Refused
from annotation.flow.ratings import RatedTask, rated_tasks
from annotation.models import Project
from rubrics.models import Criterion, Rubric

if TYPE_CHECKING:
    import pandas

GROUPINGS = ("category", "field", "subfield", "system")


def report(project: Project, by: list[str] | None = None, tasks: list[RatedTask] | None = None) -> dict[str, Any]:
    """The report of the contract: a group per combination of the `by` columns, in each a row per rubric and criterion.

    `tasks` are all of the project's, where the caller has read them already.
    """
    columns = by or []
    if unknown := [column for column in columns if column not in GROUPINGS]:
        raise Refused(_("by: %(unknown)s is none of %(known)s") % {"unknown": ", ".join(unknown), "known": ", ".join(GROUPINGS)})
    tasks = rated_tasks(project) if tasks is None else tasks
    rubrics = {task.rubric.pk: task.rubric for task in tasks}
    table = ratings_table(tasks)
    groups = [
        {"by": group, "criteria": [row for rubric in in_order(rubrics) for row in rubric_rows(rubric, part)]}
        for group, part in grouped(table, columns)
    ]
    return {"project": project.slug, "groups": groups}


def in_order(rubrics: dict[int, Rubric]) -> list[Rubric]:
    return sorted(rubrics.values(), key=lambda rubric: (rubric.slug, rubric.version))


def ratings_table(tasks: list[RatedTask]) -> "pandas.DataFrame":
    """A row per judgement and criterion ("" for the overall): where it stands, who judged, and the value as a float.

    Not applicable is NaN: no rating. A penalty is 1 or 0. Tasks are numbered in the order of their keys and annotators
    named, so that sums run in the same order on every database.
    """
    import pandas  # late: it takes over a second, and most commands do without

    columns = ["rubric", "criterion", "task", "annotator", "value", *GROUPINGS]
    return pandas.DataFrame.from_records(list(table_rows(tasks)), columns=columns)


def table_rows(tasks: list[RatedTask]) -> Iterator[tuple[Any, ...]]:
    for number, task in enumerate(tasks):
        about = (task.category, task.field, task.subfield, task.system)
        for said, overall in zip(task.said, task.overalls, strict=True):
            for key, value in said.scores.items():
                yield task.rubric.pk, key, number, said.username, as_float(value), *about
            for criterion in task.rubric.criteria.all():
                if not criterion.is_rated:
                    yield task.rubric.pk, criterion.key, number, said.username, float(criterion.key in said.penalties), *about
            yield task.rubric.pk, "", number, said.username, as_float(overall), *about


def as_float(value: Any) -> float:
    return float("nan") if value is None else float(value)


def grouped(table: "pandas.DataFrame", columns: list[str]) -> Iterator[tuple[dict[str, str], "pandas.DataFrame"]]:
    if not columns:
        yield {}, table
        return
    for values, part in table.groupby(columns, sort=True):
        yield dict(zip(columns, map(str, values), strict=True)), part


def rubric_rows(rubric: Rubric, table: "pandas.DataFrame") -> Iterator[dict[str, Any]]:
    """A row per rated criterion, then the overall, then the penalties. A rubric that a group does not use has none."""
    of_rubric = table[table["rubric"] == rubric.pk]
    if of_rubric.empty and not table.empty:
        return
    scale = list(range(rubric.scale_min, rubric.scale_max + 1))
    criteria = list(rubric.criteria.all())
    for criterion in filter(lambda item: item.is_rated, criteria):
        yield rated_row(rubric, criterion, matrix(of_rubric, criterion.key), scale)
    yield row(rubric, "overall", matrix(of_rubric, ""), "interval", None)
    for criterion in filter(lambda item: not item.is_rated, criteria):
        ratings = matrix(of_rubric, criterion.key)
        yield row(rubric, criterion.key, ratings, "nominal", [0, 1]) | {"prevalence": prevalence(ratings).value}


def rated_row(rubric: Rubric, criterion: Criterion, ratings: Any, scale: list[int]) -> dict[str, Any]:
    return row(rubric, criterion.key, ratings, "ordinal", scale) | {
        "exact": exact(ratings).value,
        "adjacent": adjacent(ratings).value,
    }


def row(rubric: Rubric, key: str, ratings: Any, level: Level, scale: list[int] | None) -> dict[str, Any]:
    counted = counts(ratings)
    figure: Figure = alpha(ratings, level=level, scale=scale)
    return {
        "rubric": rubric.name,
        "criterion": key,
        "items": counted.items,
        "pairable_items": counted.pairable_items,
        "raters": counted.raters,
        "ratings": counted.ratings,
        "alpha": {"level": level, "value": figure.value, "reason": figure.reason},
    }


def matrix(table: "pandas.DataFrame", criterion: str) -> Any:
    """The ratings of one criterion, annotators x responses, NaN where there is none."""
    of_criterion = table[table["criterion"] == criterion]
    if of_criterion.empty:
        return np.empty((0, 0))
    return of_criterion.pivot(index="annotator", columns="task", values="value").to_numpy(dtype=float)
