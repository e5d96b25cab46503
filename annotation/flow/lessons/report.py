"""All that disputes teach, as plain values: computed when read, and cached under all that it depends on."""

from datetime import datetime, timedelta
from typing import Any

from annotation.flow.judgements import AT_ONCE, ProjectCache, rating_matrices
from annotation.flow.lessons.adjudicators import adjudicators
from annotation.flow.lessons.causes import causes, criteria, descriptors
from annotation.flow.lessons.disputes import read_disputes
from annotation.flow.lessons.scale import scales
from annotation.models import Project


def lessons(project: Project, *, for_manager: bool) -> dict[str, Any]:
    """As lessons_at, of now."""
    return lessons_at(ProjectCache(project), for_manager=for_manager)[0]


def lessons_at(cache: ProjectCache, *, for_manager: bool, behind: timedelta = AT_ONCE) -> tuple[dict[str, Any], datetime]:
    """The report of the contract and the time that it is of.

    An adjudicator gets the decided disputes alone, since what waits is not to be told, and nothing about single annotators.
    """
    return cache.get(("lessons", for_manager), lambda: computed(cache, for_manager=for_manager), behind=behind)


def computed(cache: ProjectCache, *, for_manager: bool) -> dict[str, Any]:
    matrices = rating_matrices(cache.project, cache)
    disputes = [row for row in read_disputes(cache)[0] if row.cause or for_manager]
    decided = sum(bool(row.cause) for row in disputes)
    shared = cache.get(
        ("lessons of scales",), lambda: {"levels": scales(matrices), "adjudicators": adjudicators(matrices, cache)}
    )
    people = dict(shared[0]["adjudicators"])
    if not for_manager:
        del people["annotators"]
    return {
        "project": cache.project.slug,
        "disputes": {
            "disputed": len(disputes),
            "decided": decided,
            "responses": len({row.task for row in disputes}),
        },
        "causes": causes(disputes),
        "criteria": criteria(disputes, matrices),
        "descriptors": descriptors(disputes, matrices),
        "levels": shared[0]["levels"],
        "adjudicators": people,
    }
