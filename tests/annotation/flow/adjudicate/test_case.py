from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.errors import AlreadyDone, Refused, ValidationError
from annotation.flow import adjudicate
from annotation.flow.labels.rule import label_counts, labels
from annotation.models import Adjudication, Decision, Event, Project, User
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    Project.objects.filter(pk=project.pk).update(undisputed_share=0)
    return Project.objects.get(pk=project.pk)


@pytest.fixture
def ada(project: Project) -> User:
    return make_member(project, "ada", "adjudicator")


def started(project: Project, ada: User) -> Adjudication:
    case = adjudicate.start(project=project, by=ada)
    assert case is not None
    return case


def settle(case: Adjudication, ada: User, answers: dict[str, Any]) -> None:
    adjudicate.score_blind(adjudication=case.pk, by=ada, answers=answers)
    decisions = {key: {"score": answer, "cause": "slip", "reason": "a slip"} for key, answer in answers.items()}
    adjudicate.decide(adjudication=case.pk, by=ada, decisions=decisions)


def test_the_queue_holds_what_is_disputed_by_the_rule(project: Project, ada: User) -> None:
    tasks = judged(project, [[1, 2, 3], [1, 2, 4], [5, 5, None], [{"penalties": ["harm"]}, 4, 4]])
    waiting = {task.id: [criterion.key for criterion in asked] for task, asked in adjudicate.waiting_cases(project, ada)}
    assert waiting == {tasks[1].pk: ["text"], tasks[3].pk: ["harm"]}


def test_a_share_of_undisputed_responses_is_among_them(ada: User, project: Project) -> None:
    judged(project, [[4, 4, 4]] * 6)
    Project.objects.filter(pk=project.pk).update(undisputed_share=1)
    project.refresh_from_db()
    waiting = adjudicate.waiting_cases(project, ada)
    assert len(waiting) == 6
    assert {len(asked) for _task, asked in waiting} <= {1, 2}


def test_an_adjudicator_never_gets_what_they_judged_themselves(project: Project) -> None:
    judged(project, [[1, 1, 6], [1, 6, None]], names=("ana", "bo", "ada"))
    ada = make_member(project, "ada", "adjudicator")
    assert adjudicate.waiting_cases(project, ada) == []


def test_only_adjudicators_start(project: Project) -> None:
    judged(project, [[1, 1, 6]])
    for name, role in (("lea", "manager"), ("ana", "annotator")):
        with pytest.raises(Refused, match=r"^Only adjudicators of the project decide\.$"):
            adjudicate.start(project=project, by=make_member(project, name, role))


def test_start_gives_the_open_case_again(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6], [1, 1, 6]])
    assert started(project, ada).pk == started(project, ada).pk
    assert Adjudication.objects.count() == 1


def test_two_adjudicators_get_two_cases(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6], [1, 1, 6]])
    other = make_member(project, "otto", "adjudicator")
    assert started(project, ada).task_id != started(project, other).task_id


def test_an_abandoned_case_goes_to_somebody_else(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    other = make_member(project, "otto", "adjudicator")
    assert adjudicate.start(project=project, by=other) is None
    Adjudication.objects.update(started_at=timezone.now() - timedelta(hours=2))
    assert started(project, other).pk == case.pk
    with pytest.raises(Adjudication.DoesNotExist):
        adjudicate.score_blind(adjudication=case.pk, by=ada, answers={"text": 3})


def test_unseen_scores_and_the_decision_are_both_kept(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.score_blind(adjudication=case.pk, by=ada, answers={"text": 2})
    decisions = {"text": {"score": 1, "cause": "rubric_gap", "reason": " Level 1 says nothing of length. "}}
    adjudicate.decide(adjudication=case.pk, by=ada, decisions=decisions)
    decision = Decision.objects.get()
    assert (decision.disputed, decision.blind_answer, decision.answer) == (True, 2, 1)
    assert (decision.cause, decision.reason) == ("rubric_gap", "Level 1 says nothing of length.")
    assert Event.objects.get(verb="adjudicated").data == {"text": "rubric_gap"}


def test_a_decided_task_has_a_label_and_is_not_queued_again(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    assert label_counts(labels(project)) == {"labelled": 0, "not_judged": 0, "disputed": 1, "not_applicable": 0}
    settle(started(project, ada), ada, {"text": 3})
    assert adjudicate.waiting_cases(project, ada) == []
    [label] = labels(project)
    assert (label.overall, label.how, label.score) == (3, "adjudicated", 3)


def test_nothing_is_decided_before_the_unseen_scores(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    with pytest.raises(Refused, match=r"^Score the criteria unseen first\.$"):
        adjudicate.decide(adjudication=case.pk, by=ada, decisions={"text": {"score": 3, "cause": "slip", "reason": "x"}})


def test_each_step_is_taken_once(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    settle(case, ada, {"text": 3})
    with pytest.raises(AlreadyDone, match="scored this response unseen already"):
        adjudicate.score_blind(adjudication=case.pk, by=ada, answers={"text": 5})
    with pytest.raises(AlreadyDone, match="decided already"):
        adjudicate.decide(adjudication=case.pk, by=ada, decisions={})
    assert Decision.objects.get().answer == 3


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
        adjudicate.score_blind(adjudication=case.pk, by=ada, answers=answers)
    assert caught.value.fields == faults
    case.refresh_from_db()
    assert case.revealed_at is None


def test_a_decision_needs_score_cause_and_reason(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.score_blind(adjudication=case.pk, by=ada, answers={"text": 2})
    with pytest.raises(ValidationError) as caught:
        adjudicate.decide(adjudication=case.pk, by=ada, decisions={"text": {"cause": "mood", "reason": " "}})
    assert caught.value.fields == {
        "text": "missing",
        "text.cause": "expected one of rubric_gap, item_fault, slip, ambiguity",
        "text.reason": "required",
    }
    assert Decision.objects.get().answer is None
