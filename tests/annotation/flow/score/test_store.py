from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.errors import AlreadyDone, NoLongerYours, Refused, ValidationError
from annotation.flow import score
from annotation.models import Annotation, Assignment, Draft, Event, Lapse, Project, Revision, Score, Skip, User
from tests.factories import body, judged, make_member, make_project, make_user, responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project(overlap=2)


@pytest.fixture
def ana(project: Project) -> User:
    return make_member(project, "ana")


@pytest.fixture
def bo(project: Project) -> User:
    return make_member(project, "bo")


def held(project: Project, user: User) -> Assignment:
    slot = score.claim(project=project, by=user)
    assert slot is not None
    return slot


def lapse(slot: Assignment) -> None:
    Assignment.objects.filter(pk=slot.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))


def test_a_claim_holds_the_next_slot_with_a_lease(project: Project, ana: User) -> None:
    responses(project, 3)
    slot = held(project, ana)
    first = Assignment.objects.order_by("position")[0]
    assert (slot.pk, slot.annotator, slot.submitted_at) == (first.pk, ana, None)
    assert timedelta(minutes=59) < slot.lease_expires_at - timezone.now() <= timedelta(minutes=60)


def test_a_claim_gives_the_held_slot_again(project: Project, ana: User) -> None:
    responses(project, 3)
    assert held(project, ana).pk == held(project, ana).pk
    assert Assignment.objects.held().count() == 1


def test_only_annotators_of_the_project_claim(project: Project) -> None:
    responses(project)
    lea = make_member(project, "lea", "manager")
    for user in (lea, make_user("stranger")):
        with pytest.raises(Refused, match=r"^Only annotators of the project score\.$"):
            score.claim(project=project, by=user)


def test_nobody_gets_two_slots_of_one_task_and_then_nothing_is_left(project: Project, ana: User) -> None:
    tasks = responses(project, 3)
    for _task in tasks:
        score.submit(assignment=held(project, ana).pk, by=ana, body=body())
    assert score.claim(project=project, by=ana) is None
    assert set(Annotation.objects.values_list("task", "annotator")) == {(task.pk, ana.pk) for task in tasks}


def test_two_annotators_fill_the_overlap_and_no_more(project: Project, ana: User, bo: User) -> None:
    responses(project, 4)
    for user in (ana, bo):
        while slot := score.claim(project=project, by=user):
            score.submit(assignment=slot.pk, by=user, body=body())
    assert Annotation.objects.count() == 8
    assert score.claim(project=project, by=make_member(project, "chen")) is None


def test_a_lapsed_slot_goes_to_somebody_else_and_says_so(project: Project, ana: User, bo: User) -> None:
    [task] = responses(project)
    mine = held(project, ana)
    other = Assignment.objects.get(task=task, annotator=None)
    Assignment.objects.filter(pk=other.pk).delete()
    lapse(mine)
    assert held(project, bo).pk == mine.pk
    assert list(Lapse.objects.values_list("assignment", "annotator")) == [(mine.pk, ana.pk)]
    assert list(Event.objects.filter(verb="lease_lapsed").values_list("task", "by")) == [(task.pk, bo.pk)]


def test_a_late_submission_is_taken_while_nobody_else_has_the_slot(project: Project, ana: User) -> None:
    responses(project)
    slot = held(project, ana)
    lapse(slot)
    revision, new = score.submit(assignment=slot.pk, by=ana, body=body())
    assert (new, revision.number, Annotation.objects.get().assignment_id) == (True, 1, slot.pk)


@pytest.mark.parametrize("call", [score.save_draft, score.submit])
def test_a_late_call_after_a_takeover_is_told_so_and_its_work_kept(project: Project, ana: User, bo: User, call: Any) -> None:
    responses(project)
    slot = held(project, ana)
    Assignment.objects.filter(annotator=None).delete()
    lapse(slot)
    held(project, bo)
    with pytest.raises(NoLongerYours):
        call(assignment=slot.pk, by=ana, body=body(text=6, feedback="late"))
    assert Draft.objects.get().content == {
        "scores": {"text": 6, "images": "na"},
        "penalties": [],
        "feedback": "late",
        "active_seconds": 0,
    }
    assert (Draft.objects.get().annotator, Annotation.objects.count()) == (ana, 0)


def test_saving_a_draft_renews_the_lease_and_a_claim_still_finds_it(project: Project, ana: User) -> None:
    responses(project)
    slot = held(project, ana)
    lapse(slot)
    score.save_draft(assignment=slot.pk, by=ana, body={"scores": {"text": 2}})
    slot.refresh_from_db()
    assert slot.lease_expires_at is not None
    assert slot.lease_expires_at > timezone.now() + timedelta(minutes=59)
    assert Draft.objects.get().content == {"scores": {"text": 2}, "penalties": [], "feedback": "", "active_seconds": 0}


def test_submitting_stores_scores_penalties_and_feedback_and_drops_the_draft(project: Project, ana: User) -> None:
    responses(project)
    slot = held(project, ana)
    score.save_draft(assignment=slot.pk, by=ana, body={})
    said = body(text=5, penalties=["harm"], feedback="Well\nsaid", active_seconds=42)
    revision, _new = score.submit(assignment=slot.pk, by=ana, body=said)
    assert list(Score.objects.order_by("criterion__place").values_list("criterion__key", "level__value", "not_applicable")) == [
        ("text", 5, False),
        ("images", None, True),
        ("harm", None, False),
    ]
    assert (revision.number, revision.feedback, revision.active_seconds) == (1, "Well\nsaid", 42)
    assert Draft.objects.count() == 0
    slot.refresh_from_db()
    assert (slot.annotator, slot.lease_expires_at) == (ana, None)


def test_the_same_key_again_gives_the_first_answer_and_counts_once(project: Project, ana: User) -> None:
    responses(project)
    slot = held(project, ana)
    first = score.submit(assignment=slot.pk, by=ana, body=body(text=5), idempotency_key="k")
    again = score.submit(assignment=slot.pk, by=ana, body=body(text=1), idempotency_key="k")
    assert (first[1], again) == (True, (first[0], False))
    assert list(Score.objects.filter(criterion__key="text").values_list("level__value", flat=True)) == [5]


def test_a_second_submission_without_the_key_is_refused_and_changes_nothing(project: Project, ana: User) -> None:
    responses(project)
    slot = held(project, ana)
    score.submit(assignment=slot.pk, by=ana, body=body(text=5))
    with pytest.raises(AlreadyDone, match=r"^You have submitted this response already\.$"):
        score.submit(assignment=slot.pk, by=ana, body=body(text=1))
    assert (Revision.objects.count(), Draft.objects.count()) == (1, 0)


KNOWN = "active_seconds, block_notes, confidence, errors, feedback, looks, notes, overall, penalties, scores"
FAULTS: list[tuple[Any, dict[str, str]]] = [
    ([], {"body": "expected keys with values"}),
    ({}, {"scores.text": "missing", "scores.images": "missing"}),
    (body(text=7), {"scores.text": "expected 1 to 6"}),
    (body(text=0), {"scores.text": "expected 1 to 6"}),
    (body(text=4.0), {"scores.text": "expected 1 to 6"}),
    (body(text=True), {"scores.text": "expected 1 to 6"}),
    (body(text="4"), {"scores.text": "expected 1 to 6"}),
    (body(text=[4]), {"scores.text": "expected 1 to 6"}),
    (body(text="na"), {"scores.text": "is applicable here: expected a level"}),
    (body(penalties=["text"]), {"penalties": "expected a list of harm"}),
    (body(penalties=[["harm"]]), {"penalties": "expected a list of harm"}),
    (body(feedback="a\0b"), {"feedback": "expected a text of at most 20,000 characters"}),
    (body(feedback=5), {"feedback": "expected a text of at most 20,000 characters"}),
    (body(active_seconds=-1), {"active_seconds": "expected a whole number of seconds"}),
    (body(overall=3), {"overall": "is computed by this rubric"}),
    (
        body(speed=3),
        {"speed": f"unknown; expected {KNOWN}"},
    ),
    ({"scores": [1]}, {"scores": "expected a level per criterion"}),
    ({"scores": {"text": 1, "images": 1, "other": 1}}, {"scores.other": "unknown; expected text, images"}),
]


@pytest.mark.parametrize(("sent", "faults"), FAULTS)
def test_what_is_missing_or_out_of_scale_is_named_and_nothing_stored(project: Project, ana: User, sent: Any, faults: Any) -> None:
    responses(project)
    slot = held(project, ana)
    with pytest.raises(ValidationError) as caught:
        score.submit(assignment=slot.pk, by=ana, body=sent)
    assert caught.value.fields == faults
    assert (Annotation.objects.count(), Draft.objects.count()) == (0, 0)


def test_another_persons_slot_does_not_exist(project: Project, ana: User, bo: User) -> None:
    responses(project)
    slot = held(project, ana)
    for call in (score.submit, score.save_draft):
        with pytest.raises(Assignment.DoesNotExist):
            call(assignment=slot.pk, by=bo, body=body())
    with pytest.raises(Assignment.DoesNotExist):
        score.skip(assignment=slot.pk, by=bo, reason="mine")


def test_a_skipped_slot_opens_for_somebody_else_and_never_comes_back(project: Project, ana: User, bo: User) -> None:
    responses(project)
    slot = held(project, ana)
    score.skip(assignment=slot.pk, by=ana, reason="  the image is broken ")
    assert score.claim(project=project, by=ana) is None
    assert list(Skip.objects.values_list("assignment", "annotator", "reason")) == [(slot.pk, ana.pk, "the image is broken")]
    Assignment.objects.exclude(pk=slot.pk).delete()
    assert held(project, bo).pk == slot.pk
    with pytest.raises(NoLongerYours):
        score.submit(assignment=slot.pk, by=ana, body=body())


WORDLESS, NO_TEXT = "say in words what it is", "expected a text of at most 2,000 characters"


@pytest.mark.parametrize(
    ("reason", "fault"), [("", WORDLESS), ("  ", WORDLESS), (None, WORDLESS), ("a\0", NO_TEXT), ("x" * 2001, NO_TEXT)]
)
def test_a_skip_says_why(project: Project, ana: User, reason: Any, fault: str) -> None:
    responses(project)
    slot = held(project, ana)
    with pytest.raises(ValidationError) as caught:
        score.skip(assignment=slot.pk, by=ana, reason=reason)
    assert caught.value.fields == {"reason": fault}
    assert Skip.objects.count() == 0


def test_a_slot_reopened_behind_is_found_after_everything_ahead(project: Project, ana: User, bo: User) -> None:
    responses(project, 3)
    first = held(project, ana)
    score.skip(assignment=first.pk, by=ana, reason="no")
    taken = []
    while slot := score.claim(project=project, by=bo):
        taken.append(slot.position)
        score.submit(assignment=slot.pk, by=bo, body=body())
    assert (len(taken), len(set(taken))) == (3, 3)


def test_two_annotators_do_not_meet_the_same_order() -> None:
    project = make_project(overlap=2)
    judged(project, [[None, None]] * 12, names=("ana", "bo"))
    orders = []
    for name in ("ana", "bo"):
        user, order = make_member(project, name), []
        while slot := score.claim(project=project, by=user):
            order.append(slot.task_id)
            score.submit(assignment=slot.pk, by=user, body=body())
        orders.append(order)
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1])
