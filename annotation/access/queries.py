"""The queries of a project as its managers look through them: the rows of the list, and one query with all that it has."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator

from annotation.access.blind import images_by_hash, newest_revisions, shown_blocks
from annotation.flow.labels import labels
from annotation.models import Flag, Project, Query, ReferenceAnswer, Response, Task
from annotation.models.content import QueryQuerySet
from annotation.sql.pages import SearchPages

Row = dict[str, Any]


def query_pages(queries: QueryQuerySet, *, searched: bool, per_page: int) -> Any:
    """By id, each with its counts."""
    in_order = queries.order_by("external_id")
    if searched:
        return SearchPages(in_order, Query.objects.with_counts().order_by("external_id"), per_page)
    return Paginator(in_order.with_counts(), per_page)


def query_rows(queries: Iterable[Any]) -> list[Row]:
    """Of queries that were read with their counts. One query more, for the levels that have an approved reference answer."""
    rows = list(queries)
    levels: dict[int, list[int]] = defaultdict(list)
    answers = ReferenceAnswer.objects.shown().filter(query__in=rows).order_by("level")
    for query, level in answers.values_list("query", "level"):
        levels[query].append(level)
    return [
        {
            "query": query.pk,
            "id": query.external_id,
            "category": query.category,
            "field": query.field,
            "subfield": query.subfield,
            "language": query.language,
            "responses": query.answers,
            "references": levels[query.pk],
            "correct_answer": query.correct_answer is not None,
            "open_flags": query.open_flags,
            "dropped_at": query.dropped_at,
        }
        for query in rows
    ]


def query_choices(project: Project) -> dict[str, list[str]]:
    """What the categories, fields and languages of the project's queries are."""
    queries = Query.objects.filter(project=project).order_by()
    return {name: sorted(queries.values_list(name, flat=True).distinct()) for name in ("category", "field", "language")}


def query_content(query: Query) -> Row:
    """Blocks, newest approved reference answers, correct answer and responses, of a query that was read with its counts.

    The state of a response is that of its label: agreed, adjudicated, or why there is none; empty where it is not in the study.
    """
    references = newest_revisions(query.pk)
    correct = query.correct_answer
    blocks = [query.blocks, correct or [], *(revision.blocks for revision in references)]
    images = images_by_hash(query.project_id, blocks)
    [row] = query_rows([query])
    return row | {
        "source": query.source,
        "blocks": shown_blocks(query.blocks, images),
        "references": {
            str(revision.answer.level): {"blocks": shown_blocks(revision.blocks, images), "profile": revision.profile}
            for revision in references
        },
        "correct_answer": None if correct is None else shown_blocks(correct, images),
        "responses": response_rows(query),
    }


def response_rows(query: Query) -> list[Row]:
    tasks: Any = Task.objects.filter(response__query=query, kind=Task.Kind.STUDY).with_counts().select_related("rubric")
    of_response = {task.response_id: task for task in tasks.order_by("pk")}
    in_study = [] if query.dropped_at else [task.pk for task in of_response.values()]
    states = {label.task.id: label.left_out or str(label.how) for label in labels(query.project, in_study)} if in_study else {}
    flagged = set(Flag.objects.open().filter(task__in=of_response.values()).values_list("task", flat=True))
    rows = []
    for response in Response.objects.filter(query=query).order_by("system", "sample"):
        task = of_response.get(response.pk)
        rows.append(
            {
                "task": task and task.pk,
                "system": response.system,
                "sample": response.sample,
                "rubric": task and task.rubric.name,
                "submitted": task.submitted if task else 0,
                "wanted": task.wanted if task else 0,
                "state": states.get(task.pk, "") if task else "",
                "flagged": bool(task and task.pk in flagged),
            }
        )
    return rows
