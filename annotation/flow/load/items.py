"""Loads queries, reference answers and responses, all or nothing; what is there already is left as it is.

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
from annotation.flow.load.item_records import ItemReading, read_file
from annotation.flow.load.report import ItemReport
from annotation.flow.progress import COMPARING, ENDING, STORING, Progress, silent
from annotation.importers.archive import Package, open_package
from annotation.importers.formats import Layout, sixpoint
from annotation.importers.items import Record, Reference, image_paths
from annotation.models import Assignment, Event, Project, Query, ReferenceAnswer, ReferenceRevision, Response, Task, User
from annotation.sql.analyze import StatisticsRefresh, analyze
from rubrics.models import Rubric

BATCH = 500


@dataclass
class ItemLoad:
    """One load of items while it is stored. Tasks, their queries and new queries are primary keys."""

    project: Project
    reading: ItemReading
    progress: Progress
    report: ItemReport = field(default_factory=ItemReport)
    tasks: list[int] = field(default_factory=list)
    queries_of_tasks: list[int] = field(default_factory=list)
    new_queries: list[int] = field(default_factory=list)

    @property
    def images(self) -> ImageStore:
        return self.reading.images


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
    with TemporaryFile() as file:
        reading = ItemReading(rubrics_by_category(project), ImageStore(package), layout, file)
        read_file(reading, progress)
        load = ItemLoad(project, reading, progress)
        progress(STORING, 0, reading.sound)
        with transaction.atomic():
            take_turns()
            sweep()
            Project.objects.select_for_update(no_key=True).get(pk=project.pk)
            try:
                load.images.keeps_files = not (dry_run or reading.rejected)
                store(load, by)
                progress(ENDING, 1, 1)
            except BaseException:
                load.images.undo()
                raise
            transaction.set_rollback(dry_run)
    load.images.done()
    if load.report.tasks:
        analyze(Assignment)  # for the claims that come now
    return load.report


def rubrics_by_category(project: Project) -> dict[str, Rubric]:
    """The newest version of each category's rubric."""
    chosen = project.project_rubrics.select_related("rubric").prefetch_related("rubric__criteria")
    return {choice.category: choice.rubric for choice in chosen.order_by("rubric__version")}


def store(load: ItemLoad, by: User | None) -> None:
    """Everything that was read, and then the slots, whose order depends on all of it. Raises Rejected."""
    done, total = 0, load.reading.sound
    statistics = StatisticsRefresh(Query, Response, Task, ReferenceAnswer)
    for records in batched(load.reading.sound_records(), BATCH, position=load.reading.file.tell):
        store_batch(load, records)
        done += len(records)
        statistics.after(done)
        load.progress(STORING, done, total)
    if load.reading.rejected:
        raise Rejected(load.images.package.name, sorted(load.reading.rejected, key=lambda rejection: rejection.record))
    make_slots(project=load.project, tasks=load.tasks, queries=load.queries_of_tasks, progress=load.progress)
    if load.new_queries:
        load.progress(COMPARING, 0, 0)
        load.report.possible_duplicates = search.find(project=load.project, new=load.new_queries)
    if any(getattr(load.report, added) for added in ("queries", "responses", "references")):
        Event.objects.create(
            project=load.project,
            verb=Event.Verb.ITEMS_LOADED,
            by=by,
            data={"file": load.images.package.name, **load.report.counts},
        )


def store_batch(load: ItemLoad, records: list[Record]) -> None:
    """Compare each record with what is stored, and store what is new; one that differs is rejected."""
    batch = existing_content(load.project, {record.id for record in records})
    for record in records:
        query = batch.queries.get(record.id)
        if query and query.dropped_at:  # a person took it out: it does not come in again, whatever the file says of it
            load.report.skipped += 1
            continue
        try:
            add_record(load, batch, record)
        except Fault as fault:
            load.reading.reject(record.number, fault)
    load.report.images += load.images.store(load.project, batch.images)
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
    """What is stored of the ids, by earlier batches of the same load too. Three queries."""
    batch = Batch()
    for query in Query.objects.filter(project=project, external_id__in=ids):
        batch.queries[query.external_id] = query
    queries = list(batch.queries.values())
    for response in Response.objects.filter(query__in=queries).select_related("query"):
        batch.responses[response.query.external_id, response.system, response.sample] = response
    revisions = ReferenceRevision.objects.filter(answer__query__in=queries).select_related("answer__query")
    for revision in revisions.order_by("number"):
        batch.references[revision.answer.query.external_id, revision.answer.level] = revision
    return batch


def add_record(load: ItemLoad, batch: Batch, record: Record) -> None:
    """Add what is new of the record to the batch. Raises Fault where it differs from what is stored."""
    query = add_query(load, batch, record)
    for reference in record.references:
        add_reference(batch, record, reference, query)
    add_response(load, batch, record, query)
    batch.images.update(image_paths(record))


def add_query(load: ItemLoad, batch: Batch, record: Record) -> Query:
    values: dict[str, Any] = {
        "category": record.category,
        "field": record.field,
        "subfield": record.subfield,
        "source": record.source,
        "blocks": record.question,
        "correct_answer": record.correct_answer,
    }
    stored = batch.queries.get(record.id)
    if stored is None:
        query = Query(project=load.project, external_id=record.id, **values)
        batch.queries[record.id] = query
        batch.new_queries.append(query)
        return query
    for name, value in values.items():
        if getattr(stored, name) != value:
            key = {"blocks": "question", "correct_answer": "gt_answer"}.get(name, name)
            raise Fault(key, _("differs from what %(id)s has already: one id has one question") % {"id": record.id})
    return stored


def add_reference(batch: Batch, record: Record, reference: Reference, query: Query) -> None:
    stored = batch.references.get((record.id, reference.level))
    if stored is None:
        answer = ReferenceAnswer(query=query, level=reference.level)
        revision = ReferenceRevision(answer=answer, number=1, blocks=reference.blocks, profile=reference.profile)
        batch.references[record.id, reference.level] = revision
        batch.new_references.append(revision)
    elif (stored.blocks, stored.profile) != (reference.blocks, reference.profile):
        raise Fault(
            f"references.{reference.level}", _("differs from the reference answer that %(id)s has already") % {"id": record.id}
        )


def add_response(load: ItemLoad, batch: Batch, record: Record, query: Query) -> None:
    key = (record.id, record.system, record.sample)
    stored = batch.responses.get(key)
    if stored is None:
        response = Response(
            query=query, system=record.system, sample=record.sample, blocks=record.answer, metadata=record.metadata
        )
        batch.responses[key] = response
        batch.new_responses.append(response)
    elif stored.blocks != record.answer or not same_metadata(stored.metadata, record.metadata):
        raise Fault(
            "answer",
            _("differs from the answer of %(system)s, sample %(sample)s, to %(id)s that is there already")
            % {"system": record.system, "sample": record.sample, "id": record.id},
        )
    else:
        load.report.skipped += 1


def same_metadata(stored: Any, read: Any) -> bool:
    """Whether the database would return both alike: PostgreSQL writes 1e23 as a whole number."""
    return bool(stored == read or as_floats(stored) == as_floats(read))


def as_floats(value: Any) -> Any:
    return json.loads(json.dumps(value), parse_int=float)
