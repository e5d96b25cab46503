"""Every fault of an adjudicator's answers is named, and nothing is stored."""

from typing import Any

import pytest

from annotation.errors import ValidationError
from annotation.flow import adjudicate
from annotation.models import CaseReview, Decision, Project, User
from tests.annotation.flow.adjudicate.cases import started
from tests.factories import judged

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        ({}, {"text": "missing"}),
        (None, {"answers": "expected a level per criterion"}),
        ({"text": 9}, {"text": "expected 1 to 6"}),
        ({"text": 3, "images": 3}, {"images": "is not asked here"}),
        ({"text": "na"}, {"text": "is applicable here: expected a level"}),
    ],
)
def test_bad_unseen_scores_are_named_and_reveal_nothing(project: Project, ada: User, answers: Any, faults: Any) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    with pytest.raises(ValidationError) as caught:
        adjudicate.score_blind(case=case.pk, by=ada, answers=answers)
    assert caught.value.fields == faults
    assert CaseReview.objects.get().revealed_at is None


def test_a_decision_needs_score_cause_and_reason(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 2})
    with pytest.raises(ValidationError) as caught:
        adjudicate.decide(case=case.pk, by=ada, decisions={"text": {"cause": "mood", "reason": " "}})
    assert caught.value.fields == {
        "text": "missing",
        "text.cause": "expected one of rubric_gap, item_fault, slip, ambiguity",
        "text.reason": "Give a reason.",
    }
    assert Decision.objects.get().answer is None
