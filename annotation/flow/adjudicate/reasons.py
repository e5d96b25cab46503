"""Reasons that this project's adjudicators gave before, to be chosen again."""

from collections.abc import Iterable

from annotation.models import Adjudication, Decision, Project, User

MOST, LOOKED_THROUGH = 8, 200


def reasons_used(project: Project, criteria: Iterable[str], by: User) -> list[str]:
    """Of decisions on these criteria (by key), newest first, each once, at most 8; never of a response that the adjudicator
    decides a second time."""
    decided = Decision.objects.filter(adjudication__task__project=project, criterion__key__in=list(criteria)).exclude(reason="")
    decided = decided.exclude(adjudication__task__in=Adjudication.objects.undecided_seconds_of(by).values("task"))
    reasons = decided.order_by("-adjudication__decided_at", "-pk").values_list("reason", flat=True)[:LOOKED_THROUGH]
    return list(dict.fromkeys(reasons))[:MOST]
