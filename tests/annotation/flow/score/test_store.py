"""Drafts and submissions are stored once, late ones too while nobody else took the slot."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.errors import AlreadyDone, NoLongerYours
from annotation.flow import score
from annotation.models import Annotation, Assignment, Draft, Project, Revision, Score, User
from tests.annotation.flow.score.test_claims import held, lapse
from tests.factories import body, responses

pytestmark = pytest.mark.django_db


def test_a_late_submission_is_stored_while_nobody_else_has_the_slot(project: Project, ana: User) -> None:
    responses(project)
    slot = held(project, ana)
    lapse(slot)
    revision, new = score.submit(assignment=slot.pk, by=ana, body=body())
    assert (new, revision.number, Annotation.objects.get().assignment_id) == (True, 1, slot.pk)


@pytest.mark.parametrize("call", [score.save_draft, score.submit])
def test_a_late_call_after_a_takeover_is_refused_and_saved_as_a_draft(project: Project, ana: User, bo: User, call: Any) -> None:
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
    content = body(text=5, penalties=["harm"], feedback="Well\nsaid", active_seconds=42)
    revision, _new = score.submit(assignment=slot.pk, by=ana, body=content)
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
