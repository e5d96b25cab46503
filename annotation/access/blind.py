"""What anybody may see of a task before judging it. All pages and API calls show a task through this module.

It gives neither the system's name nor others' scores and remarks; images are named by an opaque key.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from annotation.flow.images.renditions import widths
from annotation.models import Assignment, Blocks, Draft, Image, ReferenceRevision, Task
from annotation.sql.compiled import CompiledQuery
from rubrics.cache import complete_rubric
from rubrics.payload import rubric_content


def claim_content(slot: Assignment) -> dict[str, Any]:
    """What a claim returns, of an assignment that was read with its content. Three queries."""
    assert slot.annotator_id
    content, version = newest_draft.first(slot.task_id, slot.annotator_id) or (None, 0)
    return {
        "assignment": {
            "id": slot.pk,
            "lease_expires_at": slot.lease_expires_at,
            "draft": content,
            "draft_version": version,
        }
    } | loaded_task_content(slot.task)


@CompiledQuery
def newest_draft(task: int, annotator: int) -> QuerySet[Draft, Any]:
    return Draft.objects.filter(task=task, annotator=annotator).order_by().values_list("content", "version")


def task_content(task_id: int, *, to_manager: bool = False) -> dict[str, Any]:
    [task] = read_task(task_id)
    return loaded_task_content(task, to_manager=to_manager)


def loaded_task_content(task: Task, *, to_manager: bool = False) -> dict[str, Any]:
    """Query, references, response and rubric of a task that was read with its response, query and rubric.

    It is the same for everybody who judges the task, but for the rubric's language, which is the reader's; managers see the
    correct answer under every rubric. Two queries.
    """
    rubric = complete_rubric(task.rubric)
    query = task.response.query
    references = newest_revisions(query.pk)
    correct_answer = query.correct_answer if rubric.shows_correct_answer or to_manager else None
    block_lists = [query.blocks, task.response.blocks, correct_answer or [], *(revision.blocks for revision in references)]
    images = images_by_hash(task.project_id, block_lists)
    return {
        "query": {
            "id": query.external_id,
            "category": query.category,
            "field": query.field,
            "subfield": query.subfield,
            "blocks": shown_blocks(query.blocks, images),
        },
        "references": {
            str(revision.answer.level): {"blocks": shown_blocks(revision.blocks, images), "profile": revision.profile}
            for revision in references
        },
        "correct_answer": None if correct_answer is None else shown_blocks(correct_answer, images),
        "response": {"blocks": shown_blocks(task.response.blocks, images)},
        "rubric": rubric_content(rubric, get_language()),
    }


@CompiledQuery
def read_task(task: int) -> QuerySet[Task]:
    return Task.objects.select_related("response__query", "rubric").filter(pk=task).order_by()


@CompiledQuery
def reference_revisions(query: int) -> QuerySet[ReferenceRevision]:
    return ReferenceRevision.objects.approved().filter(answer__query=query).select_related("answer").order_by("number")


def newest_revisions(query: int) -> list[ReferenceRevision]:
    """The newest approved revision of each reference answer of the query, by level."""
    newest = {revision.answer.level: revision for revision in reference_revisions(query)}
    return [newest[level] for level in sorted(newest)]


def images_by_hash(project: int, block_lists: Iterable[Blocks]) -> dict[str, Image]:
    hashes = {block["image"] for blocks in block_lists for block in blocks if block["image"]}
    if not hashes:
        return {}
    return {image.sha256: image for image in Image.objects.filter(project=project, sha256__in=hashes)}


def images_by_key(project: int, keys: Iterable[str]) -> dict[str, Image]:
    return {image.key: image for image in Image.objects.filter(project=project, key__in={key for key in keys if "\0" not in key})}


def shown_blocks(blocks: Blocks, images: dict[str, Image]) -> list[dict[str, Any]]:
    return list(map_blocks(blocks, images))


def map_blocks(blocks: Blocks, images: dict[str, Image]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        image = images.get(block["image"] or "")
        yield {
            "text": block["text"],
            "image": reverse("image", args=[image.key]) if image else None,
            "width": image.width if image else None,
            "height": image.height if image else None,
            "sizes": sizes(image) if image else [],
        }


def sizes(image: Image) -> list[dict[str, Any]]:
    """The smaller copies of the image, from which a page chooses by its width."""
    return [
        {
            "width": width,
            "webp": reverse("scaled", args=[image.key, width, "webp"]),
            "jpeg": reverse("scaled", args=[image.key, width, "jpg"]),
        }
        for width in widths(image)
    ]
