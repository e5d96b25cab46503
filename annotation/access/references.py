"""Reference answers as those who write them see them: which are missing, and one with its revisions.

Nothing here names a system, a response or a score: experts are shown the queries alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language

from annotation.access.blind import images_by_hash, shown_blocks
from annotation.flow.references import rubric_of
from annotation.models import Project, Query, ReferenceAnswer, ReferenceRevision
from annotation.models.content import QueryQuerySet, number_of
from rubrics.models import Rubric
from rubrics.payload import rubric_content

Row = dict[str, Any]
MISSING, WAITING, APPROVED = "missing", "waiting", "approved"
STATES = (MISSING, WAITING, APPROVED)


def scales(project: Project) -> dict[str, list[int]]:
    """The levels of each category, by the newest version of its rubric."""
    rubrics = Rubric.objects.filter(projects=project).order_by("version")
    newest = {category: (low, high) for category, low, high in rubrics.values_list("category", "scale_min", "scale_max")}
    return {category: list(range(low, high + 1)) for category, (low, high) in sorted(newest.items())}


def in_state(queries: QueryQuerySet, state: str, levels: dict[str, list[int]]) -> QueryQuerySet:
    """Those that lack an answer of some level, that have one waiting for approval, or whose levels are all approved."""
    if state == WAITING:
        return queries.filter(Exists(ReferenceRevision.objects.waiting().filter(answer__query=OuterRef("pk"))))
    answers = ReferenceAnswer.objects.shown() if state == APPROVED else ReferenceAnswer.objects.all()
    counted = queries.annotate(written=number_of(answers.filter(query=OuterRef("pk")).order_by().values("query")))
    condition = Q(pk__in=[])
    for category, scale in levels.items():
        enough = Q(written__gte=len(scale)) if state == APPROVED else Q(written__lt=len(scale))
        condition |= Q(category=category) & enough
    return counted.filter(condition)


def reference_rows(queries: Iterable[Query], levels: dict[str, list[int]]) -> list[Row]:
    """Each query with the state of each level. One query more."""
    rows = list(queries)
    states = states_of(rows)
    return [
        {
            "query": query.pk,
            "id": query.external_id,
            "category": query.category,
            "field": query.field,
            "levels": [
                {"level": level, "state": states[query.pk].get(level, MISSING)} for level in levels.get(query.category, [])
            ],
        }
        for query in rows
    ]


def states_of(queries: list[Query]) -> dict[int, dict[int, str]]:
    """Per query and level, WAITING where somebody has written what is not approved yet, else APPROVED."""
    states: dict[int, dict[int, str]] = defaultdict(dict)
    revisions = ReferenceRevision.objects.filter(answer__query__in=queries).order_by("number")
    for query, level, author, approved in revisions.values_list("answer__query", "answer__level", "made_by", "approved_at"):
        states[query][level] = WAITING if author and not approved else APPROVED
    return states


def totals(project: Project, levels: dict[str, list[int]]) -> list[Row]:
    """Per category and level, how many of its queries have an approved answer. Two queries."""
    in_study = Query.objects.filter(project=project).in_study().order_by()
    of_category = dict(in_study.values_list("category").annotate(Count("pk")))
    answers = ReferenceAnswer.objects.shown().filter(query__in=in_study).order_by()
    counts = answers.values_list("query__category", "level").annotate(number=Count("pk"))
    approved = {(category, level): number for category, level, number in counts}
    return [
        {
            "category": category,
            "queries": of_category.get(category, 0),
            "levels": [{"level": level, "approved": approved.get((category, level), 0)} for level in scale],
        }
        for category, scale in levels.items()
        if category in of_category
    ]


def answer_content(query: Query, level: int, reader: Any) -> Row:
    """The query, the rated criteria of its rubric, and the revisions of its reference answer of the level, newest first."""
    revisions = list(
        ReferenceRevision.objects.filter(answer__query=query, answer__level=level)
        .select_related("made_by", "approved_by")
        .order_by("-number")
    )
    correct = query.correct_answer
    images = images_by_hash(query.project_id, [query.blocks, correct or [], *(revision.blocks for revision in revisions)])
    newest = next((revision.number for revision in revisions if revision.is_approved), 0)
    keys = {digest: image.key for digest, image in images.items()}
    return {
        "query": query.pk,
        "id": query.external_id,
        "category": query.category,
        "field": query.field,
        "level": level,
        "blocks": shown_blocks(query.blocks, images),
        "correct_answer": None if correct is None else shown_blocks(correct, images),
        "criteria": rated_criteria(query),
        "revisions": [
            {
                "number": revision.number,
                "state": APPROVED if revision.is_approved else WAITING if revision.number > newest else "overtaken",
                "is_shown": revision.number == newest,
                "made_by": revision.made_by and str(revision.made_by),
                "made_at": revision.made_at,
                "approved_by": revision.approved_by and str(revision.approved_by),
                "approved_at": revision.approved_at,
                "may_approve": not revision.is_approved and revision.number > newest and revision.made_by_id != reader.pk,
                "blocks": shown_blocks(revision.blocks, images),
                "profile": revision.profile,
                "written": [{"text": block["text"], "image": keys.get(block["image"])} for block in revision.blocks],
            }
            for revision in revisions
        ],
    }


def rated_criteria(query: Query) -> list[Row]:
    """Those of the newest rubric for the query, in the reader's language: a profile gives levels of them."""
    rubric = rubric_of(query)
    criteria = rubric_content(rubric, get_language())["criteria"] if rubric else []
    return [{"key": item["key"], "title": item["title"]} for item in criteria if item["kind"] == "rated"]
