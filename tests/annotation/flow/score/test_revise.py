"""What was submitted is changed by a revision: the first stays, agreement counts it alone."""

from typing import Any

import pytest

from annotation.errors import AlreadyDone, NoLongerYours, Refused, ValidationError
from annotation.flow import score
from annotation.flow.agree import agreement_report
from annotation.flow.score import revise
from annotation.flow.score.drafts import DraftWriter
from annotation.flow.setup.workspace import change_workspace
from annotation.models import Annotation, Assignment, Draft, Event, Project, Revision, Score, SentBack, User
from tests.factories import body, judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def ana(project: Project) -> User:
    judged(project, [[4, 2], [3, 3]], names=("ana", "bo"))
    return User.objects.get(username="ana")


def first_of(user: User) -> Assignment:
    return Assignment.objects.submitted().filter(annotator=user).order_by("task")[0]


def texts(slot: Assignment) -> list[tuple[int, Any]]:
    rows = Score.objects.filter(revision__annotation__assignment=slot, criterion__key="text")
    return list(rows.order_by("revision__number").values_list("revision__number", "level__value"))


def forbid(project: Project) -> None:
    change_workspace(project=project, by=None, changes={"reopening": False})


def test_a_revision_is_stored_beside_the_first_judgement(ana: User) -> None:
    slot = first_of(ana)
    made, new = revise.revise(assignment=slot.pk, by=ana, body=body(text=6, feedback="I had missed it."))
    assert (made.number, new, made.feedback, texts(slot)) == (2, True, "I had missed it.", [(1, 4), (2, 6)])
    assert list(Event.objects.filter(verb="revised").values_list("task", "by", "data")) == [
        (slot.task_id, ana.pk, {"revision": 2})
    ]


def test_agreement_is_the_same_before_and_after_a_revision(project: Project, ana: User) -> None:
    """All of the report but fair labels, which take the newest revisions as labels do."""
    before = agreement_report(project, [])
    revise.revise(assignment=first_of(ana).pk, by=ana, body=body(text=2))
    after = agreement_report(project, [])
    assert (after | {"fair": None}, after["fair"] != before["fair"]) == (before | {"fair": None}, True)


def test_the_same_key_again_gives_the_same_revision(ana: User) -> None:
    slot = first_of(ana)
    first = revise.revise(assignment=slot.pk, by=ana, body=body(text=6), idempotency_key="k")
    again = revise.revise(assignment=slot.pk, by=ana, body=body(text=1), idempotency_key="k")
    assert (again, texts(slot)) == ((first[0], False), [(1, 4), (2, 6)])


def test_an_unfinished_revision_is_a_draft_that_the_revision_deletes(ana: User) -> None:
    slot = first_of(ana)
    revise.save_draft(assignment=slot.pk, by=ana, body={"scores": {"text": 5}})
    assert Draft.objects.get().content["scores"] == {"text": 5}
    revise.revise(assignment=slot.pk, by=ana, body=body(text=5))
    assert Draft.objects.count() == 0


def test_a_page_that_began_with_an_older_revision_is_refused_and_changes_nothing(ana: User) -> None:
    slot = first_of(ana)
    old = DraftWriter(base=0, name="old", revision=1)
    revise.save_draft(assignment=slot.pk, by=ana, body={"scores": {"text": 1}}, writer=old)
    revise.revise(assignment=slot.pk, by=ana, body=body(text=6), writer=DraftWriter(base=1, name="other", revision=1))
    revise.save_draft(
        assignment=slot.pk, by=ana, body={"scores": {"text": 5}}, writer=DraftWriter(base=0, name="other", revision=2)
    )
    for call in (revise.save_draft, revise.revise):
        with pytest.raises(NoLongerYours, match="revised this response on another page since"):
            call(assignment=slot.pk, by=ana, body=body(text=2), writer=DraftWriter(base=1, name="old", revision=1))
    assert (texts(slot), Draft.objects.get().content["scores"]) == ([(1, 4), (2, 6)], {"text": 5})


def test_where_the_project_does_not_allow_it_nothing_is_revised(project: Project, ana: User) -> None:
    forbid(project)
    for call in (revise.revise, revise.save_draft):
        with pytest.raises(Refused, match=r"^This project does not let annotators revise what they have submitted\.$"):
            call(assignment=first_of(ana).pk, by=ana, body=body())
    assert (Revision.objects.filter(number=2).count(), Draft.objects.count()) == (0, 0)


def test_what_is_not_submitted_cannot_be_revised(project: Project, ana: User) -> None:
    load(project, [record(9)])
    slot = score.claim(project=project, by=ana)
    assert slot
    with pytest.raises(Refused, match=r"^Only what you have submitted can be revised\.$"):
        revise.revise(assignment=slot.pk, by=ana, body=body())


def test_somebody_elses_annotation_does_not_exist(ana: User) -> None:
    with pytest.raises(Assignment.DoesNotExist):
        revise.revise(assignment=first_of(User.objects.get(username="bo")).pk, by=ana, body=body())


def test_a_returned_annotation_may_be_revised_once_wherever_revising_is_off(project: Project, ana: User) -> None:
    forbid(project)
    lea, slot = make_member(project, "lea", "manager"), first_of(ana)
    sent = revise.send_back(annotation=slot.annotation, by=lea, note=" Look at step 2. ")
    assert (sent.note, sent.by, sent.answer) == ("Look at step 2.", lea, None)
    made, _new = revise.revise(assignment=slot.pk, by=ana, body=body(text=5))
    sent.refresh_from_db()
    assert sent.answer == made
    with pytest.raises(Refused):
        revise.revise(assignment=slot.pk, by=ana, body=body(text=6))


@pytest.mark.parametrize(
    ("note", "fault"),
    [
        *((empty, "required") for empty in ("", "  ", None)),
        *((bad, "expected a text of at most 2,000 characters") for bad in (5, "a\0b", "x" * 2001)),
    ],
)
def test_nothing_is_sent_back_without_a_note(project: Project, ana: User, note: Any, fault: str) -> None:
    with pytest.raises(ValidationError, match=rf"^note: {fault}$"):
        revise.send_back(annotation=first_of(ana).annotation, by=make_member(project, "lea", "manager"), note=note)
    assert SentBack.objects.count() == 0


def test_nothing_is_sent_back_twice_before_it_is_answered(project: Project, ana: User) -> None:
    lea, annotation = make_member(project, "lea", "manager"), first_of(ana).annotation
    revise.send_back(annotation=annotation, by=lea, note="Look.")
    with pytest.raises(AlreadyDone):
        revise.send_back(annotation=Annotation.objects.get(pk=annotation.pk), by=lea, note="Look again.")
    assert list(SentBack.objects.values_list("note", flat=True)) == ["Look."]
