"""Reasons that were given before are offered again: newest first, each once."""

import pytest
from django.utils import timezone

from annotation.flow import adjudicate
from annotation.flow.adjudicate.allot import allot
from annotation.models import Adjudication, Project, User
from tests.annotation.flow.lessons.studies import settle
from tests.factories import body, judged, make_member

pytestmark = pytest.mark.django_db


def test_the_newest_come_first_each_once_and_of_these_criteria_alone(project: Project, ada: User) -> None:
    judged(project, [*[[1, 1, 6]] * 10, [body(images=1), body(images=6), body(images=6)]])
    reasons = iter(["a", "b", "a", "c", "d", "e", "f", "g", "h", "i"])
    for _response in range(11):
        case = scored_blind_whatever(project, ada)
        [key] = case.decisions.values_list("criterion__key", flat=True)
        reason = next(reasons) if key == "text" else "of images"
        adjudicate.decide(case=case.pk, by=ada, decisions={key: {"score": 2, "cause": "slip", "reason": reason}})
    assert adjudicate.reasons_used(project, ["text"], ada) == ["i", "h", "g", "f", "e", "d", "c", "a"]
    assert adjudicate.reasons_used(project, ["images"], ada) == ["of images"]
    assert adjudicate.reasons_used(project, [], ada) == []


def test_whoever_decides_a_response_a_second_time_reads_no_reason_of_the_first_decision(project: Project, ada: User) -> None:
    [task, other] = judged(project, [[1, 1, 6], [1, 1, 6]])
    lea, otto = make_member(project, "lea", "manager"), make_member(project, "otto", "adjudicator")
    for row in (task, other):
        settle(project, ada, row, {"text": 2}, {"text": 2}, "slip")
    second = Adjudication.objects.create(task=task, round=2, second=True, started_at=timezone.now())
    allot(case=second.pk, by=lea, to="otto")
    assert adjudicate.reasons_used(project, ["text"], otto) == [f"Why {other.pk}"]
    assert adjudicate.reasons_used(project, ["text"], ada) == [f"Why {other.pk}", f"Why {task.pk}"]


def scored_blind_whatever(project: Project, ada: User) -> Adjudication:
    review = adjudicate.claim(project=project, by=ada)
    assert review
    [key] = review.adjudication.decisions.values_list("criterion__key", flat=True)
    adjudicate.score_blind(case=review.adjudication_id, by=ada, answers={key: 2})
    return review.adjudication
