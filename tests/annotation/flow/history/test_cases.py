"""What adjudicators did: decided, found unusable, reopened, decided again; comments."""

from typing import Any

import pytest

from annotation.flow import adjudicate
from annotation.flow.history import history_of
from annotation.models import Adjudication, Project, Task
from tests.annotation.flow.history.told import decide, eventful, told
from tests.factories import judged, make_member, make_user

pytestmark = pytest.mark.django_db


def last(task: Task, what: str) -> dict[str, Any]:
    return [happening.details for happening in history_of(task) if happening.what == what][-1]


def test_a_decision_has_the_blind_score_the_cause_and_the_reason(project: Project) -> None:
    task = eventful(project)
    slip = {"cause": "slip", "reason": "a slip"}
    assert last(task, "adjudicated") == {
        "round": 1,
        "decisions": [
            {"key": "text", "title": "Text", "blind": 3, "decision": 3} | slip,
            {"key": "harm", "title": "Harm", "blind": False, "decision": False} | slip,
        ],
    }
    assert last(task, "case_scored_blind") == {
        "round": 1,
        "scores": [{"key": "text", "title": "Text", "answer": 3}, {"key": "harm", "title": "Harm", "answer": False}],
    }


def test_a_reopened_decision_stays_and_the_next_round_follows(project: Project) -> None:
    task = eventful(project)
    lea, bea = make_user("lea", password=None), make_member(project, "bea", "adjudicator")
    adjudicate.comment(case=Adjudication.objects.get().pk, by=lea, text="Are you sure?")
    adjudicate.reopen(case=Adjudication.objects.get().pk, by=lea, reason="The image was missing.")
    decide(project, bea, task)
    assert (
        told(task)[-6:]
        == [
            ("adjudicated", "ada", None),
            ("commented", "lea", None),
            ("reopened", "lea", "ada"),
            ("case_claimed", "bea", None),
            ("case_scored_blind", "bea", None),
            ("adjudicated", "bea", None),
        ][-6:]
    )
    assert last(task, "reopened") == {"round": 1, "text": "The image was missing."}
    assert last(task, "commented") == {"round": 1, "text": "Are you sure?"}
    assert last(task, "adjudicated")["round"] == 2


def test_every_way_out_is_told_with_its_reason(project: Project) -> None:
    [task] = judged(project, [[1, 1, 6]])
    ada, bea = (make_member(project, name, "adjudicator") for name in ("ada", "bea"))

    def claim(by: Any) -> int:
        review = adjudicate.claim(project=project, by=by, task=task.pk)
        assert review
        return review.adjudication_id

    adjudicate.hand_over(case=claim(ada), by=ada, to="bea", note="You know the field.")
    adjudicate.skip(case=claim(bea), by=bea, reason="I know the author.")
    adjudicate.mark_unusable(case=claim(ada), by=ada, reason="No image.")
    assert [(step.what, step.by and step.by.username, step.details) for step in history_of(task)[7:]] == [
        ("case_claimed", "ada", {"round": 1}),
        ("case_handed_over", "ada", {"round": 1, "to": "bea", "text": "You know the field."}),
        ("case_claimed", "bea", {"round": 1}),
        ("case_skipped", "bea", {"round": 1, "text": "I know the author."}),
        ("case_claimed", "ada", {"round": 1}),
        ("unusable", "ada", {"round": 1, "text": "No image."}),
    ]
