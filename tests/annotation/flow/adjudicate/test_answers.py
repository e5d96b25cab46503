"""Every fault of an adjudicator's answers is named, and nothing is stored."""

from typing import Any

import pytest

from annotation.errors import ValidationError
from annotation.flow import adjudicate
from annotation.flow.adjudicate import given_the_same
from annotation.models import Adjudication, CaseReview, Decision, Project, User
from rubrics.models import Criterion
from tests.annotation.flow.adjudicate.cases import revised, started, with_rules
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


def mixed_in(project: Project, ada: User, ratings: list[Any]) -> Adjudication:
    """A response that is not in dispute, scored blind: all its criteria that are asked."""
    judged(project, [ratings])
    case = started(with_rules(project, undisputed_share=1), ada)
    asked = [decision.criterion.key for decision in case.decisions.all()]
    adjudicate.score_blind(case=case.pk, by=ada, answers={key: ANSWERS[key] for key in asked})
    return case


def sent(case: Adjudication, **cause: str) -> dict[str, Any]:
    return {
        decision.criterion.key: {"score": ANSWERS[decision.criterion.key], "reason": "Seen."} | cause
        for decision in case.decisions.all()
    }


ANSWERS = {"text": 2, "images": "na", "harm": False}


def test_no_cause_is_needed_where_the_annotators_gave_the_same(project: Project, ada: User) -> None:
    case = mixed_in(project, ada, [2, 2, 2])
    adjudicate.decide(case=case.pk, by=ada, decisions=sent(case))
    made = list(Decision.objects.all())
    assert made
    assert [(one.answer, one.cause, one.reason) for one in made] == [(ANSWERS[one.criterion.key], "", "Seen.") for one in made]
    assert list(Decision.objects.made()) == made


def test_a_cause_is_taken_where_the_annotators_gave_the_same(project: Project, ada: User) -> None:
    case = mixed_in(project, ada, [2, 2, 2])
    adjudicate.decide(case=case.pk, by=ada, decisions=sent(case, cause="slip"))
    assert {one.cause for one in Decision.objects.all()} == {"slip"}


def test_given_the_same_is_any_answer_that_all_annotators_gave(project: Project, ada: User) -> None:
    judged(project, [[1, {"text": 6, "penalties": ["harm"]}, 6]])
    case = started(project, ada)
    asked = {decision.criterion.key for decision in case.decisions.all()}
    assert (asked, given_the_same(case)) == ({"text", "harm"}, frozenset())
    for criterion in Criterion.objects.filter(rubric=case.task.rubric, key="images"):
        Decision.objects.create(adjudication=case, criterion=criterion, disputed=True)
    assert given_the_same(case) == {"images"}
    for name in ("bo", "chen"):
        revised(case.task, name, text=1)
    assert given_the_same(case) == {"text", "images", "harm"}
