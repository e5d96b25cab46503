"""Holds the records of a load against the content of its project: what is new of them waits in staging tables.

What a load itself adds it finds there again: a record's query may stand in an earlier batch.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import Fault
from annotation.flow.assign import NewTask, draw_of
from annotation.flow.images.store import ImageStore
from annotation.flow.load.item_records import ItemReading
from annotation.flow.load.report import ItemReport
from annotation.flow.load.search_entries import search_entries
from annotation.flow.staging import Staging
from annotation.importers.items import Record, Reference, image_paths
from annotation.models import (
    Assignment,
    Image,
    PossibleDuplicate,
    Project,
    Query,
    ReferenceAnswer,
    ReferenceRevision,
    Response,
    SearchEntry,
    Task,
)

# What a load stores, in the order of what refers to what; and by which columns it finds its own rows again.
STAGED = {
    Image: (),
    Query: ("external_id",),
    ReferenceAnswer: ("query_id",),
    ReferenceRevision: ("answer_id",),
    Response: ("query_id",),
    Task: (),
    Assignment: (),
    PossibleDuplicate: (),
    SearchEntry: (),
}


@dataclass
class ItemLoad:
    """One load of items, while it is held against its project."""

    project: Project
    reading: ItemReading
    staging: Staging
    report: ItemReport = field(default_factory=ItemReport)
    tasks: list[NewTask] = field(default_factory=list)
    new_queries: list[int] = field(default_factory=list)  # primary keys

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


def stage_batch(load: ItemLoad, records: list[Record]) -> None:
    """Compare each record with what is there, and stage what is new; one that differs is rejected."""
    batch = existing_content(load, {record.id for record in records})
    for record in records:
        query = batch.queries.get(record.id)
        if query and query.dropped_at:  # a person took it out: it does not come in again, whatever the file says of it
            load.report.skipped += 1
            continue
        try:
            add_record(load, batch, record)
        except Fault as fault:
            load.report.reject(record.number, fault)
    stage(load, batch)  # even after a fault: what follows is compared with it


def stage(load: ItemLoad, batch: Batch) -> None:
    images = load.images.new_rows(load.project, batch.images)
    rubrics = load.reading.rubrics
    tasks = [
        Task(
            project=load.project,
            response=response,
            rubric=rubrics[response.query.category],
            draw=draw_of(load.project.seed, response),
        )
        for response in batch.new_responses
    ]
    load.staging.add(Image, images)
    load.staging.add(Query, batch.new_queries)
    load.staging.add(ReferenceAnswer, [revision.answer for revision in batch.new_references])
    load.staging.add(ReferenceRevision, batch.new_references)
    load.staging.add(Response, batch.new_responses)
    load.staging.add(Task, tasks)
    load.staging.add(SearchEntry, list(search_entries(batch.new_queries, batch.new_responses)))
    load.tasks += [NewTask.of(task) for task in tasks]
    load.new_queries += [query.pk for query in batch.new_queries]
    load.report.images += len(images)
    load.report.queries += len(batch.new_queries)
    load.report.correct_answers += sum(query.correct_answer is not None for query in batch.new_queries)
    load.report.references += len(batch.new_references)
    load.report.responses += len(batch.new_responses)
    load.report.tasks += len(tasks)


def existing_content(load: ItemLoad, ids: set[str]) -> Batch:
    """What the project has of the ids, and what earlier batches of the load add to it. Seven queries."""
    batch = Batch()
    stored = list(Query.objects.filter(project=load.project, external_id__in=ids))
    for query in (*stored, *load.staging.matching(Query, "external_id", ids)):
        batch.queries[query.external_id] = query
    id_of = {query.pk: query.external_id for query in batch.queries.values()}
    for response in (*Response.objects.filter(query__in=stored), *load.staging.matching(Response, "query_id", id_of)):
        batch.responses[id_of[response.query_id], response.system, response.sample] = response
    references = ReferenceRevision.objects.filter(answer__query__in=stored).select_related("answer").order_by("number")
    # what a file brought is compared with files, whatever people have written since
    for revision in sorted(references, key=lambda revision: revision.made_by_id is None):
        batch.references[id_of[revision.answer.query_id], revision.answer.level] = revision
    answers = {answer.pk: answer for answer in load.staging.matching(ReferenceAnswer, "query_id", id_of)}
    for revision in load.staging.matching(ReferenceRevision, "answer_id", answers):
        answer = answers[revision.answer_id]
        batch.references[id_of[answer.query_id], answer.level] = revision
    return batch


def add_record(load: ItemLoad, batch: Batch, record: Record) -> None:
    """Add what is new of the record to the batch. Raises Fault where it differs from what is there."""
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
        "language": record.language,
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
            error = _("differs from what %(id)s has already: one id has one question")
            raise Fault(key, error % {"id": record.id}, as_read(value), kind=error)
    return stored


def add_reference(batch: Batch, record: Record, reference: Reference, query: Query) -> None:
    stored = batch.references.get((record.id, reference.level))
    if stored is None:
        answer = ReferenceAnswer(query=query, level=reference.level)
        revision = ReferenceRevision(answer=answer, number=1, blocks=reference.blocks, profile=reference.profile)
        batch.references[record.id, reference.level] = revision
        batch.new_references.append(revision)
    elif (stored.blocks, stored.profile) != (reference.blocks, reference.profile):
        error = _("differs from the reference answer that %(id)s has already")
        raise Fault(f"references.{reference.level}", error % {"id": record.id}, as_read(reference.blocks), kind=error)


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
        error = _("differs from the answer of %(system)s, sample %(sample)s, to %(id)s that is there already")
        told = {"system": record.system, "sample": record.sample, "id": record.id}
        raise Fault("answer", error % told, as_read(record.answer), kind=error)
    else:
        load.report.skipped += 1


def as_read(value: Any) -> Any:
    """Blocks as people know them, by their texts; where there are none, and other values, as they are."""
    texts = [block["text"] for block in value if block["text"]] if isinstance(value, list) else []
    return " ".join(texts) or value


def same_metadata(stored: Any, read: Any) -> bool:
    """Whether the database would return both alike: PostgreSQL writes 1e23 as a whole number."""
    return bool(stored == read or as_floats(stored) == as_floats(read))


def as_floats(value: Any) -> Any:
    return json.loads(json.dumps(value), parse_int=float)
