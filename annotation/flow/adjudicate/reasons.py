"""Reasons that this project's adjudicators gave before, to be chosen again."""

from collections.abc import Iterable

from annotation.models import Decision, Project

MOST, LOOKED_THROUGH = 8, 200


def reasons_used(project: Project, criteria: Iterable[str]) -> list[str]:
    """Of decisions on these criteria (by key), newest first, each once, at most 8."""
    decided = Decision.objects.filter(adjudication__task__project=project, criterion__key__in=list(criteria)).exclude(reason="")
    reasons = decided.order_by("-adjudication__decided_at", "-pk").values_list("reason", flat=True)[:LOOKED_THROUGH]
    return list(dict.fromkeys(reasons))[:MOST]
