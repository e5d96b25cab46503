"""Reads the revisions of a project and their scores as arrays, and says which of them a rating matrix takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from annotation.flow.judgements.matrix import Array
from annotation.models import Adjudication, Assignment, LabelsFrom, Participation, Project, Revision, Score
from annotation.sql.days import Ordinal
from annotation.sql.rows import raw_rows

REVISION = [
    ("pks", "i8"), ("tasks", "i8"), ("annotators", "i8"), ("seconds", "f8"), ("days", "i8"), ("holistic", "f8"),
    ("numbers", "i8"), ("independent", "?"),
]  # fmt: skip


class Purpose(StrEnum):
    """Which judgements a matrix holds.

    AGREEMENT: the first, independent ones: of nobody who had been shown others' scores of the response. LABELS: of every
    annotator, those asked for after a dispute included, the newest revision or the first, as the project's rules say (then
    again of nobody who had been shown scores); of a decided response what was submitted up to its decision, or up to its
    confirmation.
    """

    AGREEMENT = "agreement"
    LABELS = "labels"


def settled_at() -> Coalesce:
    """The time of a standing case's decision, or of its confirmation, which is never earlier."""
    return Coalesce("confirmed_at", "decided_at")


@dataclass(frozen=True)
class Revisions:
    """A row per revision, by primary key."""

    pks: Array
    tasks: Array
    annotators: Array
    seconds: Array
    days: Array
    holistic: Array
    numbers: Array
    independent: Array  # whether it is of an independent slot
    late: Array  # whether it was submitted after the decision of its response, or after the confirmation
    informed: Array  # whether it is a first one of somebody who had been shown others' scores of the response
    names: dict[int, str]
    places: dict[int, str]  # what people are sorted by: the name with which each came, which never changes

    def chosen(self, purpose: Purpose, labels_from: str) -> Array:
        """A mask: at most one revision of each task and annotator."""
        if purpose == Purpose.AGREEMENT:
            return (self.numbers == 1) & self.independent & ~self.informed
        places = np.flatnonzero(self.countable(labels_from) & ~self.late)
        places = places[np.lexsort((-self.numbers[places], self.annotators[places], self.tasks[places]))]
        tasks, annotators = self.tasks[places], self.annotators[places]
        newest = np.ones(len(places), dtype=bool)
        newest[1:] = (tasks[1:] != tasks[:-1]) | (annotators[1:] != annotators[:-1])
        mask = np.zeros(len(self.pks), dtype=bool)
        mask[places[newest]] = True
        return mask

    def countable(self, labels_from: str) -> Array:
        """A mask: what a label could take, were its response not decided."""
        return ((self.numbers == 1) & ~self.informed) | (labels_from == LabelsFrom.NEWEST)

    def changed(self, labels_from: str) -> Array:
        """The tasks with scores since their decision that a label would take, were it not decided."""
        return np.unique(self.tasks[self.countable(labels_from) & self.late])


def revisions_of(project: Project, tasks: list[int] | None, purpose: Purpose) -> QuerySet[Any]:
    in_study = Revision.objects.in_study if purpose == Purpose.LABELS else Revision.objects.first_judgements
    return in_study(project) if tasks is None else in_study(project).filter(annotation__task__in=tasks)


def late_revisions(project: Project, tasks: list[int] | None) -> QuerySet[Any]:
    """Those that were submitted after what settled their response."""
    standing = Adjudication.objects.standing().filter(task__project=project)
    standing = standing if tasks is None else standing.filter(task__in=tasks)
    in_time = standing.filter(task__annotations__revisions__submitted_at__lte=settled_at())
    of_decided = revisions_of(project, tasks, Purpose.LABELS).filter(annotation__task__in=standing.values("task"))
    return of_decided.exclude(pk__in=in_time.values("task__annotations__revisions"))


def read_revisions(rows: QuerySet[Any], late: QuerySet[Any], project: Project) -> Revisions:
    # in no order: by that of the model, the database would sort them all
    stored = rows.order_by().values_list(
        "annotation__annotator__username", "annotation__assignment__reason", "pk", "annotation__task", "annotation__annotator",
        "active_seconds", Ordinal("submitted_at"), "holistic", "number",
    )  # fmt: skip
    names: dict[int, str] = {}

    def numbers() -> Iterator[tuple[Any, ...]]:
        for name, reason, *row in raw_rows(stored):
            names[row[2]] = name
            yield (*row, reason in Assignment.INDEPENDENT)

    table = np.fromiter(numbers(), dtype=REVISION)  # None is NaN; never all rows as objects, which take more than labels do
    order = np.argsort(table["pks"])
    columns = {name: table[name][order] for name, _type in REVISION}
    # after the others: whatever was decided between the two, nothing submitted after its decision counts as in time
    is_late, informed = (
        np.isin(columns["pks"], list(chosen.order_by().values_list("pk", flat=True)))
        for chosen in (late, Revision.objects.informed(project))
    )
    places = names | Participation.objects.names(project)
    return Revisions(**columns, late=is_late, informed=informed, names=names, places=places)


@dataclass(frozen=True)
class Scores:
    """A row per score: the place of its revision among the revisions, its criterion, and its level (NaN: none)."""

    revisions: Array
    criteria: Array
    levels: Array


def read_scores(rows: QuerySet[Any], revisions: Revisions) -> Scores:
    stored = Score.objects.filter(revision__in=rows.values("pk")).order_by().values_list("revision", "criterion", "level__value")
    numbers = chain.from_iterable(raw_rows(stored))
    pks, criteria, levels = np.fromiter(numbers, dtype=float).reshape(-1, 3).T  # None is NaN; keys are exact up to 2**53
    places = np.searchsorted(revisions.pks, pks.astype(np.int64))
    # what was submitted since the revisions were read is left out
    present = np.isin(pks.astype(np.int64), revisions.pks)
    return Scores(places[present], criteria[present].astype(np.int64), levels[present])
