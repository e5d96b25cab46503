from typing import Any

import pytest

from annotation.errors import AlreadyDone, NoLongerYours, ValidationError
from annotation.flow import score
from annotation.flow.score import concerns
from annotation.models import Assignment, Event, Flag, Project, Skip, User
from tests.annotation.flow.score.test_claims import held
from tests.factories import body, make_member, responses

pytestmark = pytest.mark.django_db


def claimed(project: Project, ana: User) -> Assignment:
    responses(project)
    slot = score.claim(project=project, by=ana)
    assert slot
    return slot


def test_a_flag_reaches_the_managers_and_the_response_stays_with_its_annotator(project: Project, ana: User) -> None:
    slot, lea = claimed(project, ana), make_member(project, "lea", "manager")
    flag = concerns.raise_flag(assignment=slot.pk, by=ana, kind="broken_image", note=" Block 2 ")
    assert list(Flag.objects.for_manager(lea).open().values_list("task", "annotator", "kind", "note")) == [
        (slot.task_id, ana.pk, "broken_image", "Block 2")
    ]
    slot.refresh_from_db()
    assert (slot.annotator, flag.settled_at) == (ana, None)
    assert list(Event.objects.filter(verb="flagged").values_list("task", "by")) == [(slot.task_id, ana.pk)]


def test_the_same_flag_raised_again_stays_one_flag_with_the_newer_note(project: Project, ana: User) -> None:
    slot = claimed(project, ana)
    for note in ("first", "second"):
        concerns.raise_flag(assignment=slot.pk, by=ana, kind="other", note=note)
    assert list(Flag.objects.values_list("note", flat=True)) == ["second"]
    assert Event.objects.filter(verb="flagged").count() == 1


def test_a_settled_flag_can_be_raised_anew(project: Project, ana: User) -> None:
    slot, lea = claimed(project, ana), make_member(project, "lea", "manager")
    first = concerns.settle(flag=concerns.raise_flag(assignment=slot.pk, by=ana, kind="harmful"), by=lea)
    with pytest.raises(AlreadyDone, match=r"^This flag is settled already\.$"):
        concerns.settle(flag=first, by=lea)
    concerns.raise_flag(assignment=slot.pk, by=ana, kind="harmful")
    assert [(flag.settled_by, flag.settled_at is None) for flag in Flag.objects.order_by("pk")] == [(lea, False), (None, True)]


FAULTS: list[tuple[Any, Any, str]] = [
    ("mood", "", "kind: expected broken_image, unclear_query, harmful, conflict, other"),
    (None, "x", "kind: choose a reason"),
    ("", "x", "kind: choose a reason"),
    (["other"], "x", "kind: expected broken_image, unclear_query, harmful, conflict, other"),
    ("other", " ", "note: say in words what it is"),
    ("harmful", 5, "note: expected a text of at most 2,000 characters"),
    ("harmful", "a\0", "note: expected a text of at most 2,000 characters"),
]


@pytest.mark.parametrize(("kind", "note", "fault"), FAULTS)
def test_a_flag_without_a_reason_is_refused(project: Project, ana: User, kind: Any, note: Any, fault: str) -> None:
    slot = claimed(project, ana)
    with pytest.raises(ValidationError) as caught:
        concerns.raise_flag(assignment=slot.pk, by=ana, kind=kind, note=note)
    assert (str(caught.value), Flag.objects.count()) == (fault, 0)


def test_a_skip_of_another_kind_needs_no_words(project: Project, ana: User) -> None:
    slot = claimed(project, ana)
    score.skip(assignment=slot.pk, by=ana, kind="conflict", reason="")
    assert list(Skip.objects.values_list("kind", "reason")) == [("conflict", "")]


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
def test_a_skip_of_kind_other_needs_a_reason_in_words(project: Project, ana: User, reason: Any, fault: str) -> None:
    responses(project)
    slot = held(project, ana)
    with pytest.raises(ValidationError) as caught:
        score.skip(assignment=slot.pk, by=ana, reason=reason)
    assert caught.value.fields == {"reason": fault}
    assert Skip.objects.count() == 0


def test_a_note_that_changes_is_recorded_with_what_it_was(project: Project, ana: User) -> None:
    slot = claimed(project, ana)
    for note in ("first", "second", "second"):
        concerns.raise_flag(assignment=slot.pk, by=ana, kind="other", note=note)
    assert list(Event.objects.filter(verb__startswith="flag").values_list("verb", "task", "by", "data")) == [
        ("flagged", slot.task_id, ana.pk, {"kind": "other", "note": "first"}),
        ("flag_reworded", slot.task_id, ana.pk, {"kind": "other", "note": ["first", "second"]}),
    ]


def test_a_skip_is_recorded_with_when_its_response_was_claimed(project: Project, ana: User) -> None:
    slot = claimed(project, ana)
    since = Assignment.objects.get(pk=slot.pk).claimed_at
    score.skip(assignment=slot.pk, by=ana, kind="conflict", reason="")
    assert since
    assert Event.objects.get(verb="skipped").data == {"kind": "conflict", "reason": "", "claimed_at": since.isoformat()}
