"""All that disputes teach, as plain values: computed when read, and cached under all that it depends on."""

from datetime import datetime, timedelta
from typing import Any

from annotation.flow.judgements import AT_ONCE, ProjectCache, Purpose, rating_matrices
from annotation.flow.lessons.adjudicators import adjudicators
from annotation.flow.lessons.causes import causes, criteria, descriptors
from annotation.flow.lessons.disputes import read_disputes
from annotation.flow.lessons.scale import scales
from annotation.models import CaseReview, Project


def lessons(project: Project, *, for_manager: bool) -> dict[str, Any]:
    """As lessons_at, of now."""
    return lessons_at(ProjectCache(project), for_manager=for_manager)[0]


def lessons_at(cache: ProjectCache, *, for_manager: bool, behind: timedelta = AT_ONCE) -> tuple[dict[str, Any], datetime]:
    """The report of the contract and the time that it is of.

    An adjudicator gets the decided disputes alone, since what waits is not to be told, and nothing about single annotators.
    """
    blind = CaseReview.objects.filter(project=cache.project, blind_at__isnull=False).count()  # a cache's state leaves it out
    state = (*cache.state, blind)
    make = lambda: computed(cache, state, for_manager=for_manager)  # noqa: E731
    return cache.get(("lessons", for_manager), make, behind=behind, state=state)


def computed(cache: ProjectCache, state: tuple[Any, ...], *, for_manager: bool) -> dict[str, Any]:
    """What both roles see is computed once. Levels are told apart in first judgements, which nobody was asked to think over."""
    matrices = rating_matrices(cache.project, cache, Purpose.LABELS)
    disputes = [row for row in read_disputes(cache)[0] if row.is_decided or for_manager]
    people = cache.get(("lessons", "adjudicators"), lambda: adjudicators(matrices, cache), state=state)[0]
    first = lambda: scales(rating_matrices(cache.project, cache))  # noqa: E731
    return {
        "project": cache.project.slug,
        "disputes": {
            "disputed": len(disputes),
            "decided": sum(row.is_decided for row in disputes),
            "responses": len({row.task for row in disputes}),
        },
        "causes": causes(disputes),
        "criteria": criteria(disputes, matrices),
        "descriptors": descriptors(disputes, matrices),
        "levels": cache.get(("lessons", "levels"), first, state=cache.scores_state)[0],
        "adjudicators": {name: rows for name, rows in people.items() if for_manager or name != "annotators"},
    }
