"""Reads the revisions of a project and their scores as arrays, and says which of them a rating matrix takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from annotation.flow.judgements.matrix import Array
from annotation.models import Adjudication, Assignment, LabelsFrom, Project, Revision, Score


class Purpose(StrEnum):
    """Which judgements a matrix holds.

    AGREEMENT: the first, independent ones. LABELS: of every annotator, those asked for after a dispute included, the newest
    revision or the first, as the project's rules say; of a decided response what was submitted up to its decision, or up to
    its confirmation.
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
    names: dict[int, str]

    def chosen(self, purpose: Purpose, labels_from: str) -> Array:
        """A mask: at most one revision of each task and annotator."""
        if purpose == Purpose.AGREEMENT:
            return (self.numbers == 1) & self.independent
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
        return (self.numbers == 1) | (labels_from == LabelsFrom.NEWEST)

    def changed(self, labels_from: str) -> Array:
        """The tasks with scores since their decision that a label would take, were it not decided."""
        return np.unique(self.tasks[self.countable(labels_from) & self.late])


def revisions_of(project: Project, tasks: list[int] | None, purpose: Purpose) -> QuerySet[Any]:
    """Each with `settled_at` of its response; None where no decision stands, and always for agreement."""
    if purpose == Purpose.AGREEMENT:
        never = Value(None, output_field=DateTimeField(null=True))
        rows = Revision.objects.first_judgements(project).annotate(settled_at=never)
    else:
        standing = Adjudication.objects.standing().filter(task=OuterRef("annotation__task"))
        newest = standing.annotate(settled_at=settled_at()).order_by("-settled_at").values("settled_at")[:1]
        rows = Revision.objects.in_study(project).annotate(settled_at=Subquery(newest))
    return rows if tasks is None else rows.filter(annotation__task__in=tasks)


def read_revisions(rows: QuerySet[Any]) -> Revisions:
    stored = list(
        rows.order_by("pk")
        .values_list(
            "pk", "annotation__task", "annotation__annotator", "active_seconds", "submitted_at", "holistic",
            "number", "annotation__assignment__reason", "settled_at", "annotation__annotator__username",
        )
        .iterator()
    )  # fmt: skip
    columns: list[Any] = list(zip(*stored, strict=True)) or [()] * 10
    submitted = columns[4]
    return Revisions(
        pks=np.array(columns[0], dtype=np.int64),
        tasks=np.array(columns[1], dtype=np.int64),
        annotators=np.array(columns[2], dtype=np.int64),
        seconds=np.array(columns[3], dtype=float),
        days=np.array([time.toordinal() for time in submitted], dtype=np.int64),
        holistic=floats(columns[5]),
        numbers=np.array(columns[6], dtype=np.int64),
        independent=np.isin(np.array(columns[7], dtype=object), Assignment.INDEPENDENT),
        late=np.array(
            [bool(settled and time > settled) for time, settled in zip(submitted, columns[8], strict=True)], dtype=bool
        ),
        names=dict(zip(columns[2], columns[9], strict=True)),
    )


@dataclass(frozen=True)
class Scores:
    """A row per score: the place of its revision among the revisions, its criterion, and its level (NaN: none)."""

    revisions: Array
    criteria: Array
    levels: Array


def read_scores(rows: QuerySet[Any], revisions: Revisions) -> Scores:
    stored = Score.objects.filter(revision__in=rows.values("pk")).values_list("revision", "criterion", F("level__value"))
    scores = np.array(list(stored.iterator(chunk_size=10_000)), dtype=object).reshape(-1, 3)
    # what was submitted since the revisions were read is left out
    scores = scores[np.isin(scores[:, 0].astype(np.int64), revisions.pks)]
    return Scores(
        revisions=np.searchsorted(revisions.pks, scores[:, 0].astype(np.int64)),
        criteria=scores[:, 1].astype(np.int64),
        levels=floats(scores[:, 2]),
    )


def floats(numbers: Iterable[int | None]) -> Array:
    """NaN for None."""
    return np.array([np.nan if number is None else number for number in numbers], dtype=float)
