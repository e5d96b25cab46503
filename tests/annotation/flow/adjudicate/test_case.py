"""A case is scored blind, revealed, then decided: each once, and both are kept."""

import pytest

from annotation.errors import AlreadyDone, Refused
from annotation.flow import adjudicate
from annotation.flow.labels import count_labels, labels
from annotation.models import BlindScore, Decision, Event, Project, User
from tests.annotation.flow.adjudicate.cases import settle, started
from tests.factories import judged

pytestmark = pytest.mark.django_db


def test_unseen_scores_and_the_decision_are_both_kept(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 2})
    decisions = {"text": {"score": 1, "cause": "rubric_gap", "reason": " Level 1 says nothing of length. "}}
    adjudicate.decide(case=case.pk, by=ada, decisions=decisions)
    decision = Decision.objects.get()
    assert (decision.disputed, BlindScore.objects.get().answer, decision.answer) == (True, 2, 1)
    assert (decision.cause, decision.reason) == ("rubric_gap", "Level 1 says nothing of length.")
    assert Event.objects.get(verb="adjudicated").data == {"text": "rubric_gap"}


def test_a_decided_task_has_a_label_and_is_not_queued_again(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    assert count_labels(project) == {"labelled": 0, "not_judged": 0, "disputed": 1, "unusable": 0, "not_applicable": 0}
    settle(started(project, ada), ada, {"text": 3})
    assert adjudicate.waiting_count(project, ada) == 0
    [label] = labels(project)
    assert (label.overall, label.how, label.score) == (3, "adjudicated", 3)


def test_nothing_is_decided_before_the_unseen_scores(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    with pytest.raises(Refused, match=r"^Score the criteria blind first\.$"):
        adjudicate.decide(case=case.pk, by=ada, decisions={"text": {"score": 3, "cause": "slip", "reason": "x"}})


def test_each_step_is_taken_once(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    settle(case, ada, {"text": 3})
    with pytest.raises(AlreadyDone, match="scored this response blind already"):
        adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 5})
    with pytest.raises(AlreadyDone, match="decided already"):
        adjudicate.decide(case=case.pk, by=ada, decisions={})
    assert Decision.objects.get().answer == 3
