"""A case is scored blind, revealed, then decided: each once, and both are kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.access.revealed import revealed_content
from annotation.errors import AlreadyDone, DraftConflict, NoLongerYours, Refused, ValidationError
from annotation.flow import adjudicate
from annotation.flow.labels import count_labels, labels
from annotation.flow.score.drafts import DraftWriter
from annotation.models import BlindScore, CaseReview, Decision, Draft, Event, Project, User
from tests.annotation.flow.adjudicate.cases import decisions, lapse, scored_blind, settle, started
from tests.factories import judged, make_member

pytestmark = pytest.mark.django_db


def blind(text: int, **more: Any) -> dict[str, Any]:
    return {"phase": "blind", "scores": {"text": text}} | more


def decision_draft(text: int) -> dict[str, Any]:
    return {"phase": "decision", "decisions": decisions(text=text), "feedback": "", "adopt": None}


def test_unseen_scores_and_the_decision_are_both_kept(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 2})
    decided = {"text": {"score": 1, "cause": "rubric_gap", "reason": " Level 1 says nothing of length. "}}
    adjudicate.decide(case=case.pk, by=ada, decisions=decided)
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


def test_a_draft_of_the_blind_phase_is_kept_and_renews_the_lease(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    CaseReview.objects.update(lease_expires_at=timezone.now() + timedelta(minutes=1))
    saved = adjudicate.save_draft(case=case.pk, by=ada, body=blind(2, active_seconds=30), writer=DraftWriter(0, "one"))
    review = adjudicate.own_review(case.pk, ada)
    assert adjudicate.draft_of(review) == (blind(2, active_seconds=30), 1)
    assert (saved.version, saved.as_content()) == (1, {"saved_at": saved.saved_at, "version": 1})
    assert review.lease_expires_at
    assert review.lease_expires_at > timezone.now() + timedelta(minutes=50)


def test_blind_scores_end_the_draft_and_a_late_draft_of_them_is_refused(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.save_draft(case=case.pk, by=ada, body=blind(2), writer=DraftWriter(0, "one"))
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 2}, writer=DraftWriter(1, "one"))
    with pytest.raises(AlreadyDone, match="blind already"):
        adjudicate.save_draft(case=case.pk, by=ada, body=blind(3), writer=DraftWriter(1, "one"))
    assert Draft.objects.count() == 0


def test_a_blind_draft_is_never_shown_as_a_decision(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = scored_blind(project, ada)
    Draft.objects.create(task=case.task, annotator=ada, content=blind(2), saved_at=timezone.now(), version=7)
    assert adjudicate.draft_of(adjudicate.own_review(case.pk, ada)) == (None, 7)


def test_a_draft_of_the_decision_may_lack_anything(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    with pytest.raises(Refused, match=r"^Score the criteria blind first\.$"):
        adjudicate.save_draft(case=case.pk, by=ada, body={"phase": "decision", "decisions": {}})
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 2})
    for item in ({}, {"score": 1}, {"cause": "slip"}, {"reason": "As level 1 "}, {"score": 1, "cause": "slip", "reason": "x"}):
        body = {"phase": "decision", "decisions": {"text": item} if item else {}, "feedback": "So ", "adopt": None}
        adjudicate.save_draft(case=case.pk, by=ada, body=body)
        assert adjudicate.draft_of(adjudicate.own_review(case.pk, ada))[0] == body


def test_two_pages_of_one_adjudicator_do_not_overwrite_each_other(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.save_draft(case=case.pk, by=ada, body=blind(2), writer=DraftWriter(0, "one"))
    for act in (
        lambda: adjudicate.save_draft(case=case.pk, by=ada, body=blind(5), writer=DraftWriter(0, "two")),
        lambda: adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 5}, writer=DraftWriter(0, "two")),
    ):
        with pytest.raises(DraftConflict) as caught:
            act()
        assert (caught.value.version, caught.value.draft) == (1, blind(2))
    assert BlindScore.objects.count() == 0
    assert Draft.objects.get().content == blind(2)


@pytest.mark.parametrize("phase", ["blind", "decision"])
def test_who_lost_the_case_is_told_and_their_work_is_kept(project: Project, ada: User, phase: str) -> None:
    judged(project, [[1, 1, 6]])
    otto = make_member(project, "otto", "adjudicator")
    case = started(project, ada) if phase == "blind" else scored_blind(project, ada)
    lapse()
    started(project, otto)
    draft = blind(3) if phase == "blind" else decision_draft(3)
    with pytest.raises(NoLongerYours):
        adjudicate.save_draft(case=case.pk, by=ada, body=draft)
    assert adjudicate.draft_of(adjudicate.own_review(case.pk, ada))[0] == draft
    send = {
        "blind": lambda: adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 4}),
        "decision": lambda: adjudicate.decide(case=case.pk, by=ada, decisions=decisions(text=4)),
    }[phase]
    with pytest.raises(NoLongerYours):
        send()
    kept, _version = adjudicate.draft_of(adjudicate.own_review(case.pk, ada))
    assert kept == (blind(4) if phase == "blind" else decision_draft(4))
    settle(case, otto, {"text": 2})
    later = blind(5) if phase == "blind" else decision_draft(5)
    kept_too = r"^This response is decided already\. What you wrote is kept\.$"
    with pytest.raises(AlreadyDone, match=kept_too):
        adjudicate.save_draft(case=case.pk, by=ada, body=later)
    assert adjudicate.draft_of(adjudicate.own_review(case.pk, ada))[0] == later
    with pytest.raises(AlreadyDone, match=kept_too):
        send()
    assert adjudicate.draft_of(adjudicate.own_review(case.pk, ada))[0] == kept
    assert Decision.objects.get().answer == 2


def test_what_is_sent_late_after_the_own_decision_leaves_no_draft(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = scored_blind(project, ada)
    settle(case, ada, {"text": 2})
    for act in (
        lambda: adjudicate.save_draft(case=case.pk, by=ada, body=decision_draft(5)),
        lambda: adjudicate.decide(case=case.pk, by=ada, decisions=decisions(text=4)),
    ):
        with pytest.raises(AlreadyDone, match=r"^This response is decided already\.$"):
            act()
    assert Draft.objects.count() == 0


def test_the_same_key_again_gives_the_first_answer(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    for text, new in ((2, True), (5, False)):
        review, is_new = adjudicate.score_blind(case=case.pk, by=ada, answers={"text": text}, idempotency_key="k")
        assert ([score.answer for score in review.blind_scores.all()], is_new) == ([2], new)
    for text, new in ((1, True), (6, False)):
        decided, is_new = adjudicate.decide(case=case.pk, by=ada, decisions=decisions(text=text), idempotency_key="d")
        assert ([decision.answer for decision in decided.decisions.all()], is_new) == ([1], new)
    review, is_new = adjudicate.score_blind(case=case.pk, by=ada, answers=None, idempotency_key="k")
    assert ([score.answer for score in review.blind_scores.all()], is_new) == ([2], False)
    with pytest.raises(AlreadyDone):
        adjudicate.decide(case=case.pk, by=ada, decisions=decisions(text=1), idempotency_key="another")
    assert Event.objects.filter(verb="adjudicated").count() == 1


def test_feedback_for_the_release_is_written_or_adopted(project: Project, ada: User) -> None:
    judged(project, [[{"text": 1, "feedback": "Too short."}, 1, 6]] * 2)
    case = scored_blind(project, ada)
    decided, _new = adjudicate.decide(case=case.pk, by=ada, decisions=decisions(text=1), feedback=" Say why. ")
    assert (decided.feedback, decided.adopted) == ("Say why.", None)
    case = scored_blind(project, ada)
    [letter] = [item["letter"] for item in revealed_content(case) if item["feedback"]]
    for adopt, feedback, fault in (
        ("Z", "", "This annotator wrote no feedback."),
        (letter, "And this.", "Write feedback or adopt an annotator's, not both."),
    ):
        with pytest.raises(ValidationError) as caught:
            adjudicate.decide(case=case.pk, by=ada, decisions=decisions(text=1), feedback=feedback, adopt=adopt)
        assert caught.value.fields == {"adopt": fault}
    decided, _new = adjudicate.decide(case=case.pk, by=ada, decisions=decisions(text=1), adopt=letter)
    assert decided.adopted
    assert (decided.feedback, decided.adopted.feedback, adjudicate.adopted_letter(decided)) == ("", "Too short.", letter)


def test_a_case_of_somebody_else_is_not_there(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    for name, role in (("otto", "adjudicator"), ("lea", "manager"), ("ana", "annotator")):
        with pytest.raises(CaseReview.DoesNotExist):
            adjudicate.own_review(case.pk, make_member(project, name, role))
