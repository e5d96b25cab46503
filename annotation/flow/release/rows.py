"""The rows of a release: its labels as they are frozen."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.batches import batched
from annotation.flow.labels import OVERALL, FairValue, TaskLabel
from annotation.flow.release.draft import Draft
from annotation.flow.staging import Staging, reserve_keys, staging
from annotation.models import CriterionLabel, Event, Label, Project, Release, User

BATCH = 2_000
MOST_TURNS = 5


class Overtaken(Refused):
    """Another release was made since the labels and the splits of earlier releases were read."""


def in_turn(make: Callable[[], Release]) -> Release:
    """A release that another one overtakes is made anew, after it. Raises what `make` raises."""
    for _turn in range(MOST_TURNS):
        try:
            return make()
        except Overtaken:
            continue
    return make()


@dataclass(frozen=True)
class StagedRelease:
    """The labels wait in staging tables for the release that gets the key."""

    key: int
    labels: Staging


@contextmanager
def staged_rows(draft: Draft) -> Iterator[StagedRelease]:
    """To be begun before the transaction that stores the rows: on SQLite nobody else writes while it lasts."""
    with staging({Label: (), CriterionLabel: ()}) as staged:
        released = Release(pk=reserve_keys(Release, 1)[0])
        for labels in batched(draft.released, BATCH):
            rows = [label_row(released, label, draft) for label in labels]
            staged.add(Label, rows)
            of_criteria = [
                row
                for stored, label in zip(rows, labels, strict=True)
                for row in criterion_rows(stored, label, draft.fair[label.task.id].of(label.task.id))
            ]
            staged.add(CriterionLabel, of_criteria)
        yield StagedRelease(released.pk, staged)


def store_rows(draft: Draft, staged: StagedRelease, manifest: dict[str, Any], by: User | None, folder: str) -> Release:
    """The release with its labels, under the next number; its event names the folder in which its files were made. The caller
    has begun a transaction. Raises Overtaken."""
    project = draft.project
    Project.objects.select_for_update().get(pk=project.pk)  # releases of one project take turns
    newest = Release.objects.filter(project=project).order_by("-version").first()
    version = newest.version if newest else 0
    if version != draft.division.newest:
        raise Overtaken(_("Another release was made meanwhile, and its splits count: make this one again."))
    released = Release.objects.create(
        pk=staged.key,
        project=project,
        version=version + 1,
        seed=manifest["seed"],
        manifest=manifest,
        made_by=by,
        made_at=draft.read_at,
    )
    staged.labels.store(Label)
    staged.labels.store(CriterionLabel)
    data = {"version": released.version, "counts": manifest["counts"], "folder": folder}
    Event.objects.create(project=project, verb=Event.Verb.RELEASED, by=by, data=data)
    return released


def label_row(released: Release, label: TaskLabel, draft: Draft) -> Label:
    assert label.overall is not None
    fair = draft.fair[label.task.id].of(label.task.id)[OVERALL]
    return Label(
        release=released,
        task_id=label.task.id,
        split=draft.splits[label.task.id],
        how=label.how,
        overall=float(label.overall),
        score=label.score,
        fair=fair.value,
        fair_se=fair.se,
    )


def criterion_rows(stored: Label, label: TaskLabel, fair: Mapping[str, FairValue]) -> list[CriterionLabel]:
    values = [(criterion, label.criteria[criterion.key]) for criterion in label.task.rubric.criteria.all()]
    return [
        CriterionLabel(
            label=stored,
            criterion=criterion,
            value=None if value.value is None else float(value.value),
            given=value.applies,
            how=value.how,
            fair=fair[criterion.key].value if criterion.is_rated else None,
            fair_se=fair[criterion.key].se if criterion.is_rated else None,
        )
        for criterion, value in values
    ]
