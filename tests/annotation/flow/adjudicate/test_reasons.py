"""Reasons that were given before are offered again: newest first, each once."""

import pytest

from annotation.flow import adjudicate
from annotation.models import Adjudication, Project, User
from tests.factories import body, judged

pytestmark = pytest.mark.django_db


def test_the_newest_come_first_each_once_and_of_these_criteria_alone(project: Project, ada: User) -> None:
    judged(project, [*[[1, 1, 6]] * 10, [body(images=1), body(images=6), body(images=6)]])
    reasons = iter(["a", "b", "a", "c", "d", "e", "f", "g", "h", "i"])
    for _response in range(11):
        case = scored_blind_whatever(project, ada)
        [key] = case.decisions.values_list("criterion__key", flat=True)
        reason = next(reasons) if key == "text" else "of images"
        adjudicate.decide(case=case.pk, by=ada, decisions={key: {"score": 2, "cause": "slip", "reason": reason}})
    assert adjudicate.reasons_used(project, ["text"]) == ["i", "h", "g", "f", "e", "d", "c", "a"]
    assert adjudicate.reasons_used(project, ["images"]) == ["of images"]
    assert adjudicate.reasons_used(project, []) == []


def scored_blind_whatever(project: Project, ada: User) -> Adjudication:
    review = adjudicate.claim(project=project, by=ada)
    assert review
    [key] = review.adjudication.decisions.values_list("criterion__key", flat=True)
    adjudicate.score_blind(case=review.adjudication_id, by=ada, answers={key: 2})
    return review.adjudication
