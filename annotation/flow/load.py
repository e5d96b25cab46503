"""Takes a file of queries, reference answers and responses in, all or nothing; what is there already is left as it is."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotation.flow import duplicates, item_file
from annotation.flow.assign import make_tasks
from annotation.flow.errors import Rejected, Rejection
from annotation.flow.images import BadImage, Intake
from annotation.flow.item_file import Record
from annotation.models import Event, Image, Project, Query, ReferenceAnswer, ReferenceRevision, Response, User
from rubrics.models import Rubric

BATCH = 2_000


@dataclass
class Report:
    """Counts of what was newly added; skipped are records that were there already."""

    queries: int = 0
    responses: int = 0
    references: int = 0
    images: int = 0
    tasks: int = 0
    skipped: int = 0
    rejected: list[Rejection] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Material:
    """What the project has, and what this load adds to it."""

    project: Project
    rubrics: dict[str, Rubric]
    queries: dict[str, Query]
    references: dict[tuple[str, int], ReferenceRevision]
    responses: dict[tuple[str, str, int], Response]
    new_queries: list[Query] = field(default_factory=list)
    new_references: list[ReferenceRevision] = field(default_factory=list)
    new_responses: list[Response] = field(default_factory=list)


def load_items(*, path: Path, project: Project, by: User | None = None, dry_run: bool = False) -> Report:
    """Load an item file. Raises Rejected with every fault, and Refused where the file cannot be read at all."""
    intake = Intake(path.parent)
    try:
        with transaction.atomic():
            report = load(path, project, intake, by)
            if dry_run:
                transaction.set_rollback(True)
    except BaseException:
        intake.undo()
        raise
    if dry_run:
        intake.undo()
    return report


def load(path: Path, project: Project, intake: Intake, by: User | None) -> Report:
    records, rejections = item_file.parse(item_file.read(path))
    Project.objects.select_for_update().get(pk=project.pk)  # loads of one project take turns
    material = present(project, [record.id for record in records])
    report = Report()
    dropped = set(Query.objects.filter(project=project).dropped().values_list("external_id", flat=True))
    for record in records:
        if record.id in dropped:  # a person took it out: it does not come in again, whatever the file says of it
            report.skipped += 1
            continue
        try:
            place_record(record, material, intake, report)
        except item_file.Fault as fault:
            rejections.append(Rejection(record.number, fault.field, fault.error))
    if rejections:
        raise Rejected(path.name, sorted(rejections, key=lambda rejection: rejection.record))
    store(material, intake, report)
    if material.new_queries or material.new_references or material.new_responses:
        counts = {key: value for key, value in report.as_dict().items() if key != "rejected"}
        Event.objects.create(project=project, verb=Event.Verb.ITEMS_LOADED, by=by, data={"file": path.name, **counts})
    return report


def present(project: Project, ids: list[str]) -> Material:
    """What is there of the ids in the file: three queries per thousand of them."""
    material = Material(project, {}, {}, {}, {})
    chosen_rubrics = project.project_rubrics.select_related("rubric").prefetch_related("rubric__criteria")
    for chosen in chosen_rubrics.order_by("rubric__version"):
        material.rubrics[chosen.category] = chosen.rubric
    unique = sorted(set(ids))
    for start in range(0, len(unique), 900):
        some = unique[start : start + 900]
        for query in Query.objects.filter(project=project, external_id__in=some):
            material.queries[query.external_id] = query
        of_those = {"query__project": project, "query__external_id__in": some}
        for response in Response.objects.filter(**of_those).select_related("query"):
            material.responses[response.query.external_id, response.system, response.sample] = response
        for revision in (
            ReferenceRevision.objects.filter(**{f"answer__{key}": value for key, value in of_those.items()})
            .select_related("answer__query")
            .order_by("number")
        ):
            material.references[revision.answer.query.external_id, revision.answer.level] = revision
    return material


def place_record(record: Record, material: Material, intake: Intake, report: Report) -> None:
    """Put one record beside what is there: new, the same, or a Fault where it differs."""
    rubric = material.rubrics.get(record.category)
    if rubric is None:
        raise item_file.Fault(
            "category",
            _("%(category)s is none of the project's: expected %(known)s")
            % {"category": repr(record.category), "known": ", ".join(sorted(material.rubrics))},
        )
    query = place_query(record, material, intake)
    for reference in record.references:
        place_reference(record, reference, query, rubric, material, intake)
    place_response(record, query, material, intake, report)


def place_query(record: Record, material: Material, intake: Intake) -> Query:
    given = {
        "category": record.category,
        "field": record.field,
        "subfield": record.subfield,
        "source": record.source,
        "blocks": stored_blocks(record.question, "question", intake),
        "correct_answer": stored_blocks(record.correct_answer, "gt_answer", intake),
    }
    there = material.queries.get(record.id)
    if there is None:
        there = Query(project=material.project, external_id=record.id, **given)
        material.queries[record.id] = there
        material.new_queries.append(there)
        return there
    for key, value in given.items():
        if getattr(there, key) != value:
            shown = {"blocks": "question", "correct_answer": "gt_answer"}.get(key, key)
            raise item_file.Fault(shown, _("differs from what %(id)s has already: one id has one question") % {"id": record.id})
    return there


def place_reference(
    record: Record, reference: item_file.Reference, query: Query, rubric: Rubric, material: Material, intake: Intake
) -> None:
    where = f"references.{reference.level}"
    expected = _("expected a level from %(low)s to %(high)s") % {"low": rubric.scale_min, "high": rubric.scale_max}
    if not rubric.scale_min <= reference.level <= rubric.scale_max:
        raise item_file.Fault(where, expected)
    keys = {criterion.key for criterion in rubric.criteria.all() if criterion.is_rated}
    for key, level in (reference.profile or {}).items():
        if key not in keys:
            raise item_file.Fault(f"{where}.profile.{key}", _("expected one of %(keys)s") % {"keys": ", ".join(sorted(keys))})
        if not rubric.scale_min <= level <= rubric.scale_max:
            raise item_file.Fault(f"{where}.profile.{key}", expected)
    blocks = stored_blocks(reference.blocks, where, intake)
    there = material.references.get((record.id, reference.level))
    if there is None:
        answer = ReferenceAnswer(query=query, level=reference.level)
        revision = ReferenceRevision(answer=answer, number=1, blocks=blocks, profile=reference.profile)
        material.references[record.id, reference.level] = revision
        material.new_references.append(revision)
    elif (there.blocks, there.profile) != (blocks, reference.profile):
        raise item_file.Fault(where, _("differs from the reference answer that %(id)s has already") % {"id": record.id})


def place_response(record: Record, query: Query, material: Material, intake: Intake, report: Report) -> None:
    key = (record.id, record.system, record.sample)
    blocks = stored_blocks(record.answer, "answer", intake)
    there = material.responses.get(key)
    if there is None:
        response = Response(query=query, system=record.system, sample=record.sample, blocks=blocks, metadata=record.metadata)
        material.responses[key] = response
        material.new_responses.append(response)
    elif (there.blocks, there.metadata) != (blocks, record.metadata):
        raise item_file.Fault(
            "answer",
            _("differs from the answer of %(system)s, sample %(sample)s, to %(id)s that is there already")
            % {"system": record.system, "sample": record.sample, "id": record.id},
        )
    else:
        report.skipped += 1


def stored_blocks(blocks: item_file.Blocks | None, field: str, intake: Intake) -> Any:
    """The blocks with each image named by its hash."""
    if blocks is None:
        return None
    found = []
    for number, block in enumerate(blocks):
        image = block["image"]
        try:
            found.append({"text": block["text"], "image": intake.take(image) if image else None})
        except BadImage as error:
            raise item_file.Fault(f"{field}[{number}].image", str(error)) from error
    return found


def store(material: Material, intake: Intake, report: Report) -> None:
    project = material.project
    there = set(Image.objects.filter(project=project).values_list("sha256", flat=True))
    new_images = [Image(project=project, **vars(picture)) for digest, picture in intake.pictures.items() if digest not in there]
    Image.objects.bulk_create(new_images, BATCH)
    Query.objects.bulk_create(material.new_queries, BATCH)
    ReferenceAnswer.objects.bulk_create([revision.answer for revision in material.new_references], BATCH)
    ReferenceRevision.objects.bulk_create(material.new_references, BATCH)
    Response.objects.bulk_create(material.new_responses, BATCH)
    tasks = make_tasks(project=project, responses=material.new_responses, rubrics=material.rubrics)
    duplicates.find(project=project, new=[query.pk for query in material.new_queries])
    report.images = len(new_images)
    report.queries = len(material.new_queries)
    report.references = len(material.new_references)
    report.responses = len(material.new_responses)
    report.tasks = len(tasks)
