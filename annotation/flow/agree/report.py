"""The agreement report: computed from the first judgements when read, and cached under all that it depends on."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from annotation.agreement import DEFAULT_RESAMPLES, Figure, Resamples, TwoWay
from annotation.agreement.reasons import FEW_IN_GROUP
from annotation.agreement.thresholds import FEW_RESPONSES
from annotation.errors import Refused
from annotation.fields import whole_number
from annotation.flow.agree.annotators import people
from annotation.flow.agree.copies import identical_ratings
from annotation.flow.agree.fair import fair_rows
from annotation.flow.agree.label_figures import adjudicated
from annotation.flow.agree.rows import rubric_rows
from annotation.flow.agree.weeks import pairs_of_weeks, trends
from annotation.flow.judgements import AT_ONCE, ProjectCache, RatingMatrix, rating_matrices
from annotation.models import Project, Revision

MOST_GROUPS = 1_000  # that a page or call waits for; each is computed with its intervals
GROUPINGS = ("category", "field", "subfield", "system", "round", "week")
OF_COMPONENTS = ("icc_single", "icc_mean")  # figures made of the components of variance
FEWEST_RESAMPLES, MOST_RESAMPLES = 100, 10_000
Rows = list[dict[str, Any]]


def agreement_report(
    project: Project,
    by: Iterable[str] = (),
    resamples: Resamples | None = DEFAULT_RESAMPLES,
    *,
    most_groups: int | None = None,
) -> dict[str, Any]:
    """The report of the contract: a group per combination of the `by` columns, in each a row per rubric and criterion.

    Beside the groups stand rows about people, by annotators.py. Without `resamples` there are no intervals. Raises Refused, also
    where there are more than `most_groups`.
    """
    return agreement_report_at(project, by, resamples, most_groups=most_groups)[0]


def agreement_report_at(
    project: Project,
    by: Iterable[str] = (),
    resamples: Resamples | None = DEFAULT_RESAMPLES,
    *,
    behind: timedelta = AT_ONCE,
    most_groups: int | None = None,
) -> tuple[dict[str, Any], datetime]:
    """The report and the time that it is of; `behind` as in ProjectCache."""
    columns, cache = checked_groupings(by), ProjectCache(project)

    def make() -> dict[str, Any]:
        fair = fair_rows(project, cache)  # first: it reads the judgements for labels, and the first ones with them
        matrices = rating_matrices(project, cache)
        report: dict[str, Any] = {"project": project.slug, "groups": groups(matrices, columns, resamples, most_groups)}
        report["not_independent"] = Revision.objects.not_independent(project).count()
        if "week" in columns:
            report["pairs_of_weeks"] = [{"rubric": matrix.rubric.name, **pairs_of_weeks(matrix)} for matrix in matrices]
        if columns == ["week"]:
            report["trends"] = trends(report["groups"])
        report |= people(matrices, resamples, cache)
        return report | {"labels": adjudicated(project, cache), "fair": fair, "warnings": identical_ratings(matrices)}

    report, at = cache.get(("report", columns, resamples), make, behind=behind)
    check_number(len(report["groups"]), most_groups)  # of one that a command has made
    return report, at


def check_number(groups: int, most: int | None) -> None:
    if most is not None and groups > most:
        told = {"most": f"{most:,}"}
        raise Refused(_("by: these columns make more than %(most)s groups; choose fewer, or use the command") % told)


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


def groups(matrices: list[RatingMatrix], columns: list[str], resamples: Resamples | None, most: int | None = None) -> Rows:
    """A group per combination of the columns' values. Rubrics are never pooled: a group has rows for each of its rubrics."""
    if not columns:
        return [{"by": {}, "criteria": [row for matrix in matrices for row in rubric_rows(matrix, resamples)]}]
    parts: dict[tuple[str, ...], list[RatingMatrix]] = {}
    for matrix in matrices:
        for values, part in split(matrix, columns):
            parts.setdefault(values, []).append(part)
            check_number(len(parts), most)
    return [
        {
            "by": dict(zip(columns, values, strict=True)),
            "criteria": [of_group(row, resamples) for part in parts[values] for row in rubric_rows(part, resamples, whole=False)],
        }
        for values in sorted(parts, key=lambda values: [group_order(*pair) for pair in zip(columns, values, strict=True)])
    ]


def of_group(row: dict[str, Any], resamples: Resamples | None) -> dict[str, Any]:
    """A row of a group. Few responses hardly tell the components of variance apart, so there the figures made of them are left
    undefined; in the whole project everybody sees how few they are."""
    if row["pairable_items"] >= FEW_RESPONSES:
        return row
    undefined = TwoWay(Figure(None, row["pairable_items"], FEW_IN_GROUP)).plain(interval=resamples is not None)
    return row | {name: undefined for name in OF_COMPONENTS if name in row and row[name]["value"] is not None}


def split(matrix: RatingMatrix, columns: list[str]) -> Iterator[tuple[tuple[str, ...], RatingMatrix]]:
    """By the values of the columns; responses that nobody judged are in none. A week has the judgements that were given in it,
    and nothing of the others."""
    if "week" in columns:
        place = columns.index("week")
        others = [name for name in columns if name != "week"]
        for week, own in matrix.weekly():
            yield from (((*values[:place], week, *values[place:]), part) for values, part in split(own, others))
        return
    is_judged = matrix.submitted.any(axis=0)
    grouped = [matrix.about[name] for name in columns]
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
