"""A study with disputes that were decided, small enough to be computed by hand.

Responses by number, with the ratings of `text` by ana, bo and chen, and what Ada decided:

1: 1 1 4, decided 2 after 2 blind, a gap in the rubric      2: 3 5 6, decided 5 after 4 blind, a gap in the rubric
3: 2 5 5, decided 4 after 4 blind, a slip                   4: 1 3 6, waits
5: 4 4 4                                                    6: harm given by ana alone, decided not to apply, an ambiguity
"""

from typing import Any

from django.utils import timezone

from annotation.flow import adjudicate
from annotation.models import Adjudication, Project, Reopening, Role, Rules, Task, User
from tests.factories import judged, make_member, make_project

TEXT = {"rubric": "small@1", "criterion": "text"}
IMAGES = {"rubric": "small@1", "criterion": "images"}
HARM = {"rubric": "small@1", "criterion": "harm"}
FEW = {"no_interval": "too few queries for an interval"}
RATINGS: list[list[Any]] = [[1, 1, 4], [3, 5, 6], [2, 5, 5], [1, 3, 6], [4, 4, 4], [{"penalties": ["harm"]}, 4, 4]]
CASES: list[tuple[int, dict[str, Any], dict[str, Any], str]] = [
    (0, {"text": 2}, {"text": 2}, "rubric_gap"),
    (1, {"text": 4}, {"text": 5}, "rubric_gap"),
    (2, {"text": 4}, {"text": 4}, "slip"),
    (5, {"harm": True}, {"harm": False}, "ambiguity"),
]


def make_study() -> tuple[Project, list[Task]]:
    """Lea manages it, Ada and Otto adjudicate."""
    project = make_project()
    Rules.objects.filter(project=project).update(undisputed_share=0)
    project = Project.objects.get(pk=project.pk)
    tasks = judged(project, RATINGS)
    make_member(project, "lea", Role.MANAGER)
    make_member(project, "otto", Role.ADJUDICATOR)
    ada = make_member(project, "ada", Role.ADJUDICATOR)
    for place, blind, decided, cause in CASES:
        settle(project, ada, tasks[place], blind, decided, cause)
    return project, tasks


def settle(project: Project, ada: User, task: Task, blind: dict[str, Any], decided: dict[str, Any], cause: str) -> Adjudication:
    review = adjudicate.claim(project=project, by=ada, task=task.pk)
    assert review is not None
    adjudicate.score_blind(case=review.adjudication_id, by=ada, answers=blind)
    decisions = {key: {"score": score, "cause": cause, "reason": f"Why {task.pk}"} for key, score in decided.items()}
    adjudicate.decide(case=review.adjudication_id, by=ada, decisions=decisions)
    return review.adjudication


def counted(**numbers: int) -> dict[str, Any]:
    total = sum(numbers.values())
    causes = ("rubric_gap", "item_fault", "slip", "ambiguity")
    return {
        "decided": total,
        "causes": {
            cause: {"n": numbers.get(cause, 0), "share": numbers.get(cause, 0) / total if total else None} for cause in causes
        },
    }


def figure(value: float | None, n: int, reason: str | None = None, no_interval: str | None = None) -> dict[str, Any]:
    return {"value": value, "n": n, "reason": reason, "low": None, "high": None, "no_interval": no_interval}


def reopened_by_otto(project: Project, task: int) -> None:
    lea, otto = (User.objects.get(username=name) for name in ("lea", "otto"))
    Reopening.objects.create(adjudication=Adjudication.objects.get(task=task), by=lea, at=timezone.now(), reason="Look again.")
    settle(project, otto, Task.objects.get(pk=task), {"text": 4}, {"text": 3}, "slip")
