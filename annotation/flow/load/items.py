"""Takes a file of queries, reference answers and responses in, all or nothing; what is there already is left as it is.

First the file is read once, record by record: each is checked in itself, its images are decoded, and what is sound waits in a
temporary file. Nobody else is kept waiting for that. Then everything is held against the database and stored, in one
transaction. Memory holds a batch of records, and some hundred bytes for each task and for each different image.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotation.errors import Fault, Rejected
from annotation.flow.assign import make_slots, make_tasks
from annotation.flow.batches import batched
from annotation.flow.duplicates import search
from annotation.flow.images.store import ImageStore, sweep, take_turns
from annotation.flow.load.item_records import Reading, read_file, stored_records
from annotation.flow.load.report import LoadReport
from annotation.flow.progress import COMPARING, ENDING, STORING, Progress, silent
from annotation.importers import items
from annotation.importers.archive import Package, open_package
from annotation.importers.formats import Layout, sixpoint
from annotation.importers.items import Record, Reference
from annotation.models import Assignment, Event, Project, Query, ReferenceAnswer, ReferenceRevision, Response, Task, User
from annotation.sql.analyze import StatisticsRefresh, analyze
from rubrics.models import Rubric

BATCH = 500


@dataclass
class ItemReport(LoadReport):
    """Counts of what was newly added; skipped are records that were there already. Possible duplicates are pairs of queries."""

    queries: int = 0
    responses: int = 0
    references: int = 0
    images: int = 0
    tasks: int = 0
    skipped: int = 0
    possible_duplicates: int = 0


@dataclass
class Load:
    """One load as it is stored."""

    project: Project
    reading: Reading
    progress: Progress
    report: ItemReport = field(default_factory=ItemReport)
    tasks: list[int] = field(default_factory=list)
    queries_of_tasks: list[int] = field(default_factory=list)
    new_queries: list[int] = field(default_factory=list)

    @property
    def intake(self) -> ImageStore:
        return self.reading.intake


@dataclass
class Batch:
    """What the project has of the queries in a batch of records, and what the batch adds."""

    queries: dict[str, Query] = field(default_factory=dict)
    references: dict[tuple[str, int], ReferenceRevision] = field(default_factory=dict)
    responses: dict[tuple[str, str, int], Response] = field(default_factory=dict)
    new_queries: list[Query] = field(default_factory=list)
    new_references: list[ReferenceRevision] = field(default_factory=list)
    new_responses: list[Response] = field(default_factory=list)
    images: set[str] = field(default_factory=set)


def load_items(*, path: Path, project: Project, **more: Any) -> ItemReport:
    """Load an item file, as load_package does."""
    with open_package(path) as package:
        return load_package(package=package, project=project, **more)


def load_package(
    *,
    package: Package,
    project: Project,
    by: User | None = None,
    dry_run: bool = False,
    layout: Layout = sixpoint,
    progress: Progress = silent,
) -> ItemReport:
    """Load a file of items. Raises Rejected with every fault, and Refused where the file cannot be read at all."""
    with TemporaryFile() as waiting:
        reading = Reading(chosen_rubrics(project), ImageStore(package), layout, waiting)
        read_file(reading, progress)
        load = Load(project, reading, progress)
        progress(STORING, 0, reading.sound)
        with transaction.atomic():
            take_turns()
            sweep()
            Project.objects.select_for_update(no_key=True).get(pk=project.pk)
            try:
                load.intake.keeps = not (dry_run or reading.rejected)
                store(load, by)
                progress(ENDING, 1, 1)
            except BaseException:
                load.intake.undo()
                raise
            transaction.set_rollback(dry_run)
    load.intake.done()
    if load.report.tasks:
        analyze(Assignment)  # for the claims that come now
    return load.report


def chosen_rubrics(project: Project) -> dict[str, Rubric]:
    """By category, the newest version last and so the one that counts."""
    chosen = project.project_rubrics.select_related("rubric").prefetch_related("rubric__criteria")
    return {found.category: found.rubric for found in chosen.order_by("rubric__version")}


def store(load: Load, by: User | None) -> None:
    """Everything that waits, and then the slots, whose order depends on all of it. Raises Rejected."""
    done, total = 0, load.reading.sound
    plans = StatisticsRefresh(Query, Response, Task, ReferenceAnswer)
    for records in batched(stored_records(load.reading), BATCH, position=load.reading.waiting.tell):
        place(load, records)
        done += len(records)
        plans.after(done)
        load.progress(STORING, done, total)
    if load.reading.rejected:
        raise Rejected(load.intake.package.name, sorted(load.reading.rejected, key=lambda rejection: rejection.record))
    make_slots(project=load.project, tasks=load.tasks, queries=load.queries_of_tasks, progress=load.progress)
    if load.new_queries:
        load.progress(COMPARING, 0, 0)
        load.report.possible_duplicates = search.find(project=load.project, new=load.new_queries)
    if any(getattr(load.report, added) for added in ("queries", "responses", "references")):
        Event.objects.create(
            project=load.project,
            verb=Event.Verb.ITEMS_LOADED,
            by=by,
            data={"file": load.intake.package.name, **load.report.counts},
        )


def place(load: Load, records: list[Record]) -> None:
    """Put a batch beside what is there: new, the same, or a Fault where it differs."""
    batch = existing_content(load.project, {record.id for record in records})
    for record in records:
        there = batch.queries.get(record.id)
        if there and there.dropped_at:  # a person took it out: it does not come in again, whatever the file says of it
            load.report.skipped += 1
            continue
        try:
            place_record(load, batch, record)
        except Fault as fault:
            load.reading.reject(record.number, fault)
    load.report.images += load.intake.store(load.project, batch.images)
    Query.objects.bulk_create(batch.new_queries)
    ReferenceAnswer.objects.bulk_create([revision.answer for revision in batch.new_references])
    ReferenceRevision.objects.bulk_create(batch.new_references)
    Response.objects.bulk_create(batch.new_responses)
    tasks = make_tasks(project=load.project, responses=batch.new_responses, rubrics=load.reading.rubrics)
    load.tasks += [task.pk for task in tasks]
    load.queries_of_tasks += [task.response.query_id for task in tasks]
    load.new_queries += [query.pk for query in batch.new_queries]
    load.report.queries += len(batch.new_queries)
    load.report.references += len(batch.new_references)
    load.report.responses += len(batch.new_responses)
    load.report.tasks += len(tasks)


def existing_content(project: Project, ids: set[str]) -> Batch:
    """What is there of the ids: three queries, for what earlier batches of the same load have stored too."""
    batch = Batch()
    for query in Query.objects.filter(project=project, external_id__in=ids):
        batch.queries[query.external_id] = query
    of_those = {"query__in": list(batch.queries.values())}
    for response in Response.objects.filter(**of_those).select_related("query"):
        batch.responses[response.query.external_id, response.system, response.sample] = response
    revisions = ReferenceRevision.objects.filter(answer__query__in=of_those["query__in"]).select_related("answer__query")
    for revision in revisions.order_by("number"):
        batch.references[revision.answer.query.external_id, revision.answer.level] = revision
    return batch


def place_record(load: Load, batch: Batch, record: Record) -> None:
    query = place_query(load, batch, record)
    for reference in record.references:
        place_reference(batch, record, reference, query)
    place_response(load, batch, record, query)
    batch.images.update(items.image_paths(record))


def place_query(load: Load, batch: Batch, record: Record) -> Query:
    given: dict[str, Any] = {
        "category": record.category,
        "field": record.field,
        "subfield": record.subfield,
        "source": record.source,
        "blocks": record.question,
        "correct_answer": record.correct_answer,
    }
    there = batch.queries.get(record.id)
    if there is None:
        there = Query(project=load.project, external_id=record.id, **given)
        batch.queries[record.id] = there
        batch.new_queries.append(there)
        return there
    for key, value in given.items():
        if getattr(there, key) != value:
            shown = {"blocks": "question", "correct_answer": "gt_answer"}.get(key, key)
            raise Fault(shown, _("differs from what %(id)s has already: one id has one question") % {"id": record.id})
    return there


def place_reference(batch: Batch, record: Record, reference: Reference, query: Query) -> None:
    there = batch.references.get((record.id, reference.level))
    if there is None:
        answer = ReferenceAnswer(query=query, level=reference.level)
        revision = ReferenceRevision(answer=answer, number=1, blocks=reference.blocks, profile=reference.profile)
        batch.references[record.id, reference.level] = revision
        batch.new_references.append(revision)
    elif (there.blocks, there.profile) != (reference.blocks, reference.profile):
        raise Fault(
            f"references.{reference.level}", _("differs from the reference answer that %(id)s has already") % {"id": record.id}
        )


def place_response(load: Load, batch: Batch, record: Record, query: Query) -> None:
    key = (record.id, record.system, record.sample)
    there = batch.responses.get(key)
    if there is None:
        response = Response(
            query=query, system=record.system, sample=record.sample, blocks=record.answer, metadata=record.metadata
        )
        batch.responses[key] = response
        batch.new_responses.append(response)
    elif there.blocks != record.answer or not same_metadata(there.metadata, record.metadata):
        raise Fault(
            "answer",
            _("differs from the answer of %(system)s, sample %(sample)s, to %(id)s that is there already")
            % {"system": record.system, "sample": record.sample, "id": record.id},
        )
    else:
        load.report.skipped += 1


def same_metadata(one: Any, other: Any) -> bool:
    """Whether the database would give them back alike: PostgreSQL writes 1e23 as a whole number."""
    return bool(one == other or as_floats(one) == as_floats(other))


def as_floats(value: Any) -> Any:
    return json.loads(json.dumps(value), parse_int=float)
