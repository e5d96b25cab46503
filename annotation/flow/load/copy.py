"""Copies the queries, reference answers and responses of a project into another one, which has none yet.

A batch of queries is a transaction of its own; the slots come last. So a copy that was stopped goes on where it is begun again,
and nobody scores before it is whole. Image files are used again.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.assign import draw_of
from annotation.flow.batches import batched
from annotation.flow.load.items import rubrics_by_category
from annotation.flow.load.search_entries import search_entries
from annotation.flow.overlap import fit_slots
from annotation.flow.progress import COMPARING, Progress, silent
from annotation.flow.setup.copy import cloned
from annotation.flow.turns import take_turns
from annotation.models import (
    Event,
    Image,
    Project,
    Query,
    ReferenceAnswer,
    ReferenceRevision,
    Response,
    SearchEntry,
    Task,
    User,
)
from annotation.models.projects import random_key
from rubrics.models import Rubric

BATCH = 200  # queries at a time


def copy_data(*, project: Project, source: Project, by: User | None = None, progress: Progress = silent) -> dict[str, int]:
    """Copy what the source has into the project, but for dropped queries. Raises Refused for a project that has data."""
    with take_turns(progress):
        if Event.objects.filter(project=project, verb=Event.Verb.ITEMS_LOADED).exists():
            raise Refused(_("The project has data already: copy into a new one."))
        copy_images(source, project)
        rubrics = rubrics_by_category(project)
        there = set(Query.objects.filter(project=project).values_list("external_id", flat=True))
        queries = Query.objects.filter(project=source).in_study().order_by("pk")
        missing = [pk for pk, name in queries.values_list("pk", "external_id") if name not in there]
        done = 0
        for batch in batched(missing, BATCH):
            progress(COMPARING, done, len(missing))
            with transaction.atomic():
                copy_queries(batch, project, rubrics)
            done += len(batch)
        progress(COMPARING, done, len(missing))
        fitted = fit_slots(project=project, tasks=tasks_with_slots(source, project), progress=progress)
        counts = {
            "queries": Query.objects.filter(project=project).count(),
            "references": ReferenceAnswer.objects.filter(query__project=project).count(),
            "responses": Response.objects.filter(query__project=project).count(),
            "images": Image.objects.filter(project=project).count(),
            "tasks": Task.objects.filter(project=project).count(),
        }
        data = {"file": source.slug, **counts}
        Event.objects.create(project=project, verb=Event.Verb.ITEMS_LOADED, by=by, data=data)
    return counts | {"slots_added": fitted.slots_added}


def tasks_with_slots(source: Project, project: Project) -> QuerySet[Task]:
    """The project's tasks, but for those whose originals are in the pool of the source: a pool stays one."""
    key = ("response__query__external_id", "response__system", "response__sample")
    pool = set(Task.objects.study(source).in_pool().order_by().values_list(*key))
    tasks = Task.objects.study(project)
    if not pool:
        return tasks
    return tasks.filter(pk__in=[pk for pk, *of_task in tasks.order_by().values_list("pk", *key) if tuple(of_task) not in pool])


def copy_images(source: Project, project: Project) -> None:
    """Rows that name the same files, each under a key of its own."""
    there = Image.objects.filter(project=project).values("sha256")
    for images in batched(Image.objects.filter(project=source).exclude(sha256__in=there).order_by("pk").iterator(), BATCH):
        Image.objects.bulk_create(cloned(image, project=project, key=random_key()) for image in images)


def copy_queries(queries: Sequence[int], project: Project, rubrics: dict[str, Rubric]) -> None:
    """Each query with the newest approved revision of its reference answers, and its responses with their tasks."""
    copies = copied(Query.objects.filter(pk__in=queries).order_by("pk"), project=project)
    answers = copied(ReferenceAnswer.objects.shown().filter(query__in=copies).order_by("pk"), query=copies)
    revisions = ReferenceRevision.objects.approved().filter(answer__in=answers).order_by("number")
    newest: dict[int, ReferenceRevision] = {revision.answer_id: revision for revision in revisions}
    ReferenceRevision.objects.bulk_create(
        cloned(revision, answer=answers[answer], number=1) for answer, revision in newest.items()
    )
    responses = copied(Response.objects.filter(query__in=copies).order_by("pk"), query=copies)
    Task.objects.bulk_create(
        Task(
            project=project,
            response=response,
            rubric=rubrics[response.query.category],
            draw=draw_of(project.seed, response),
        )
        for response in responses.values()
    )
    SearchEntry.objects.bulk_create(search_entries(copies.values(), responses.values()))


def copied(rows: Any, **changes: Any) -> dict[int, Any]:
    """Store the rows once more, and return the copies by the primary keys of the originals. A dict among the changes has the new
    value by the primary key of the old one."""
    originals = list(rows)
    copies = [
        cloned(row, **{
            name: value[getattr(row, f"{name}_id")] if isinstance(value, dict) else value for name, value in changes.items()
        })
        for row in originals
    ]  # fmt: skip
    stored = rows.model.objects.bulk_create(copies)
    return {row.pk: copy for row, copy in zip(originals, stored, strict=True)}
