"""Skipped, handed over, taken back, sent back, marked unusable: the case goes where it should, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from annotation.errors import AlreadyDone, NoLongerYours, Refused, ValidationError
from annotation.flow import adjudicate
from annotation.flow.labels import count_labels
from annotation.flow.score import revise
from annotation.models import Adjudication, Assignment, CaseReview, Draft, Event, Project, SentBack, User, Workspace
from tests.annotation.flow.adjudicate.cases import decisions, letter_of, revised, scored_blind, settle, started, with_rules
from tests.factories import body, judged, make_member

pytestmark = pytest.mark.django_db


def parts() -> list[tuple[str, str, str]]:
    return list(CaseReview.objects.order_by("claimed_at").values_list("adjudicator__username", "ending", "reason"))


def test_a_skipped_case_goes_to_somebody_else_alone_with_the_draft_kept(project: Project, ada: User, otto: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.save_draft(case=case.pk, by=ada, body={"phase": "blind", "scores": {"text": 3}})
    adjudicate.skip(case=case.pk, by=ada, reason=" Not my field. ")
    assert parts() == [("ada", "skipped", "Not my field.")]
    assert (adjudicate.claim(project=project, by=ada), adjudicate.waiting_count(project, ada)) == (None, 0)
    assert started(project, otto).pk == case.pk
    assert Draft.objects.get().annotator == ada
    assert Event.objects.get(verb="case_skipped").data == {"round": 1, "reason": "Not my field."}


def test_what_was_skipped_comes_back_when_it_is_handed_to_them(project: Project, ada: User, otto: User) -> None:
    judged(project, [[1, 1, 6], [1, 1, 6]])
    case = started(project, ada)
    adjudicate.skip(case=case.pk, by=ada, reason="x")
    review = adjudicate.claim(project=project, by=otto, task=case.task_id)
    assert review
    adjudicate.hand_over(case=case.pk, by=otto, to="ada", note="You know this.")
    assert started(project, ada).pk == case.pk
    assert Event.objects.get(verb="case_handed_over").data == {"round": 1, "to": "ada", "note": "You know this."}


def test_a_case_that_was_handed_over_comes_first_and_nobody_else_gets_it(project: Project, ada: User, otto: User) -> None:
    judged(project, [[1, 1, 6]] * 3)
    case = started(project, ada)
    adjudicate.hand_over(case=case.pk, by=ada, to="otto")
    assert started(project, make_member(project, "ute", "adjudicator")).pk != case.pk
    assert started(project, ada).pk != case.pk
    assert started(project, otto).pk == case.pk


def test_what_is_reserved_for_somebody_who_left_is_for_all(project: Project, ada: User, otto: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.hand_over(case=case.pk, by=ada, to="otto")
    otto.memberships.all().delete()
    assert started(project, ada).pk == case.pk


def test_what_is_reserved_for_somebody_who_can_no_longer_sign_in_is_for_all(project: Project, ada: User, otto: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.hand_over(case=case.pk, by=ada, to="otto")
    User.objects.filter(username="otto").update(is_active=False)
    assert started(project, ada).pk == case.pk
    own = CaseReview.objects.get(adjudicator=ada)
    assert list(adjudicate.colleagues(own)) == []
    with pytest.raises(ValidationError) as caught:
        adjudicate.hand_over(case=case.pk, by=ada, to="otto")
    assert caught.value.fields == {"to": "Choose another adjudicator of this project."}


@pytest.mark.parametrize("to", ["ada", "ana", "lea", "nobody", None, "x\0"])
def test_a_case_is_handed_to_another_adjudicator_alone(project: Project, ada: User, lea: User, to: Any) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    with pytest.raises(ValidationError) as caught:
        adjudicate.hand_over(case=case.pk, by=ada, to=to)
    assert caught.value.fields == {"to": "Choose another adjudicator of this project."}


def test_a_second_decision_is_never_handed_to_who_had_a_part_in_the_first(project: Project, ada: User, otto: User) -> None:
    project = with_rules(project, second_share=1)
    judged(project, [[1, 1, 6]])
    settle(started(project, ada), ada, {"text": 2})
    make_member(project, "ute", "adjudicator")
    second = started(project, otto)
    assert second.second
    with pytest.raises(ValidationError) as caught:
        adjudicate.hand_over(case=second.pk, by=otto, to="ada")
    assert caught.value.fields == {"to": "This person cannot take the case. Choose somebody else."}
    own = CaseReview.objects.get(adjudication=second, adjudicator=otto)
    assert [member.user.username for member in adjudicate.colleagues(own)] == ["ada", "ute"]  # as for any other case
    adjudicate.hand_over(case=second.pk, by=otto, to="ute")


def test_whoever_handed_it_over_takes_it_back_while_nobody_holds_it(project: Project, ada: User, otto: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.hand_over(case=case.pk, by=ada, to="otto")
    with pytest.raises(Adjudication.DoesNotExist):
        adjudicate.take_back(case=case.pk, by=make_member(project, "ute", "adjudicator"))
    adjudicate.take_back(case=case.pk, by=ada)
    assert adjudicate.claim(project=project, by=otto) is None
    assert started(project, ada).pk == case.pk
    adjudicate.hand_over(case=case.pk, by=ada, to="otto")
    started(project, otto)
    with pytest.raises(Refused, match="in somebody's hands"):
        adjudicate.take_back(case=case.pk, by=ada)


def test_a_manager_takes_a_case_from_whoever_has_it(project: Project, ada: User, otto: User, lea: User) -> None:
    judged(project, [[1, 1, 6]])
    case = scored_blind(project, ada)
    adjudicate.take_back(case=case.pk, by=lea)
    assert parts() == [("ada", "taken_back", "")]
    with pytest.raises(NoLongerYours):
        adjudicate.decide(case=case.pk, by=ada, decisions=decisions(text=2))
    assert Event.objects.get(verb="case_taken_back").data == {"round": 1, "from": "ada"}
    with pytest.raises(Refused, match=r"^Nobody has this case\.$"):
        adjudicate.take_back(case=case.pk, by=lea)
    assert started(project, otto).pk == case.pk


def test_a_case_that_was_sent_back_waits_for_the_revision_and_returns_to_its_adjudicator(
    project: Project, ada: User, otto: User
) -> None:
    [task] = judged(project, [[1, 1, 6]])
    Workspace.objects.update(reopening=False)
    case = scored_blind(project, ada, text=3)
    adjudicate.send_back(case=case.pk, by=ada, annotator=letter_of(case, "chen"), note=" Did you see block 2? ")
    sent = SentBack.objects.get()
    assert (sent.annotation.annotator.username, sent.note, sent.adjudication, sent.by) == (
        "chen", "Did you see block 2?", case, ada
    )  # fmt: skip
    assert adjudicate.read_queue(project).states.tolist() == ["sent_back"]
    assert [adjudicate.claim(project=project, by=who) for who in (ada, otto)] == [None, None]
    revised(task, "chen", text=5)
    assert adjudicate.claim(project=project, by=otto) is None
    review = adjudicate.claim(project=project, by=ada)
    assert review
    assert review.adjudication_id == case.pk
    assert [score.answer for score in review.blind_scores.all()] == [3]
    settle(case, ada, {"text": 2})


def test_only_what_was_seen_is_sent_back_with_a_note_to_somebody_who_can_answer(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    with pytest.raises(Refused, match=r"^Score the criteria blind first\.$"):
        adjudicate.send_back(case=case.pk, by=ada, annotator="A", note="x")
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 2})
    gone = letter_of(case, "bo")
    User.objects.get(username="bo").memberships.all().delete()
    inactive = letter_of(case, "chen")
    User.objects.filter(username="chen").update(is_active=False)
    for annotator, note, faults in (
        ("Z", "x", {"annotator": "Choose the annotator."}),
        (None, "x", {"annotator": "Choose the annotator."}),
        (gone, "x", {"annotator": "This annotator is no longer here to answer."}),
        (inactive, "x", {"annotator": "This annotator is no longer here to answer."}),
        (letter_of(case, "ana"), " ", {"note": "Write what the annotator should look at."}),
    ):
        with pytest.raises(ValidationError) as caught:
            adjudicate.send_back(case=case.pk, by=ada, annotator=annotator, note=note)
        assert caught.value.fields == faults
    assert SentBack.objects.count() == 0


def test_an_unusable_response_has_no_label_and_never_waits_again(project: Project, ada: User, otto: User) -> None:
    [task] = judged(project, [[1, 1, 6]])
    case = started(project, ada)
    adjudicate.mark_unusable(case=case.pk, by=ada, reason=" The image is missing. ")
    case.refresh_from_db()
    assert (case.outcome, case.decided_by, case.reason) == ("unusable", ada, "The image is missing.")
    assert parts() == [("ada", "unusable", "")]
    assert count_labels(project)["labelled"] == 0
    assert [adjudicate.claim(project=project, by=who, task=task.pk) for who in (ada, otto)] == [None, None]
    assert Event.objects.get(verb="unusable").data == {"round": 1, "reason": "The image is missing."}


WAYS: dict[str, Callable[[int, User], Any]] = {
    "skip": lambda case, by: adjudicate.skip(case=case, by=by, reason="x"),
    "hand_over": lambda case, by: adjudicate.hand_over(case=case, by=by, to="otto"),
    "send_back": lambda case, by: adjudicate.send_back(case=case, by=by, annotator="A", note="x"),
    "further": lambda case, by: adjudicate.ask_further(case=case, by=by),
    "unusable": lambda case, by: adjudicate.mark_unusable(case=case, by=by, reason="x"),
}


@pytest.mark.parametrize("way", WAYS)
def test_only_who_holds_the_case_takes_a_way_out(project: Project, ada: User, otto: User, lea: User, way: str) -> None:
    judged(project, [[1, 1, 6]])
    case = scored_blind(project, ada)
    for other in (otto, lea):
        with pytest.raises(CaseReview.DoesNotExist):
            WAYS[way](case.pk, other)
    adjudicate.take_back(case=case.pk, by=lea)
    with pytest.raises(NoLongerYours):
        WAYS[way](case.pk, ada)
    settle(started(project, otto), otto, {"text": 2})
    with pytest.raises(AlreadyDone):
        WAYS[way](case.pk, ada)


@pytest.mark.parametrize(("way", "fault"), [("skip", "Say why you skip it."), ("mark_unusable", "Say why it is unusable.")])
@pytest.mark.parametrize("reason", ["", " ", None])
def test_a_reason_is_asked_for_in_a_sentence(project: Project, ada: User, way: str, fault: str, reason: Any) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    with pytest.raises(ValidationError) as caught:
        getattr(adjudicate, way)(case=case.pk, by=ada, reason=reason)
    assert caught.value.fields == {"reason": fault}


def test_an_answer_to_an_adjudicators_note_is_possible_where_revisions_are_off(project: Project, ada: User) -> None:
    [task] = judged(project, [[1, 1, 6]])
    Workspace.objects.update(reopening=False)
    slot = Assignment.objects.get(task=task, annotator__username="ana")
    ana = User.objects.get(username="ana")
    with pytest.raises(Refused):
        revise.revise(assignment=slot.pk, by=ana, body=body(text=2))
    case = scored_blind(project, ada)
    adjudicate.send_back(case=case.pk, by=ada, annotator=letter_of(case, "ana"), note="Look.")
    assert revise.revise(assignment=slot.pk, by=ana, body=body(text=2))[0].number == 2
