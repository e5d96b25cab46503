"""Revises what was submitted. The first judgement stays, and agreement counts it alone."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, NoLongerYours, Refused, ValidationError
from annotation.fields import text_fault
from annotation.flow.score import drafts
from annotation.flow.score import submission as submissions
from annotation.flow.score.own import own_assignment
from annotation.flow.score.store import NewRevision, check_key, earlier_submission, store_revisions
from annotation.limits import LONGEST_RETURN_NOTE
from annotation.models import Adjudication, Annotation, Assignment, Event, Revision, SentBack, User


def may_revise(slot: Assignment) -> bool:
    """Whether the project lets annotators revise, or this annotation was sent back to its annotator."""
    return slot.project.workspace.reopening or SentBack.objects.open().filter(annotation__assignment=slot).exists()


def save_draft(
    *, assignment: int | Assignment, by: User, body: Any, writer: drafts.DraftWriter = drafts.ANY_WRITER
) -> drafts.SavedDraft:
    """Save an unfinished revision. Raises ValidationError, DraftConflict, NoLongerYours, Refused, Assignment.DoesNotExist."""
    slot = revisable(assignment, by)
    submission = submissions.read(slot.task, body, complete=False)
    with transaction.atomic():
        lock(slot)
        check_newest(slot, writer)
        return drafts.save_submission(slot, by, submission, writer)


def revise(
    *,
    assignment: int | Assignment,
    by: User,
    body: Any,
    idempotency_key: str | None = None,
    writer: drafts.DraftWriter = drafts.ANY_WRITER,
) -> tuple[Revision, bool]:
    """Store the next revision: it, and whether it is new (not when the same key comes again).

    Raises ValidationError, DraftConflict, NoLongerYours, Refused, Assignment.DoesNotExist.
    """
    check_key(idempotency_key)
    slot = revisable(assignment, by)
    if first := earlier_submission(slot, by, idempotency_key):
        return first, False
    submission = submissions.read(slot.task, body, complete=True)
    with transaction.atomic():
        lock(slot)
        if first := earlier_submission(slot, by, idempotency_key):  # the same request was under way twice
            return first, False
        number = check_newest(slot, writer) + 1
        drafts.delete_draft(slot.task_id, by, submission.as_draft(), writer)
        annotation = Annotation.objects.get(assignment=slot)
        new = NewRevision(slot, by, submission, timezone.now(), idempotency_key)
        [revision] = store_revisions([(annotation, number, new)])
        SentBack.objects.open().filter(annotation=annotation).update(answer=revision)
        Event.objects.create(
            project=slot.project, verb=Event.Verb.REVISED, task_id=slot.task_id, by=by, data={"revision": number}
        )
    return revision, True


def lock(slot: Assignment) -> None:
    """Let all that revises the slot's annotation wait for each other."""
    Assignment.objects.select_for_update().get(pk=slot.pk)


def check_newest(slot: Assignment, writer: drafts.DraftWriter) -> int:
    """The number of the newest revision of a locked slot. Raises NoLongerYours for a page that began with an older one, and
    Refused.
    """
    newest = Revision.objects.filter(annotation__assignment=slot).aggregate(last=Max("number"))["last"]
    if writer.revision not in (None, newest):
        raise NoLongerYours(_("You have revised this response on another page since. Nothing was overwritten."))
    if not may_revise(slot):
        raise Refused(_("This project does not let annotators revise what they have submitted."))
    return int(newest)


def revisable(assignment: int | Assignment, by: User) -> Assignment:
    """The assignment, which its annotator may revise. Raises Refused, Assignment.DoesNotExist."""
    slot = own_assignment(assignment, by)
    if slot.annotator_id != by.pk or slot.submitted_at is None:
        raise Refused(_("Only what you have submitted can be revised."))
    if not may_revise(slot):
        raise Refused(_("This project does not let annotators revise what they have submitted."))
    return slot


@transaction.atomic
def send_back(*, annotation: Annotation, by: User, note: Any, case: Adjudication | None = None) -> SentBack:
    """Return an annotation to its annotator for revision: a manager does, or in a case its adjudicator.

    Raises ValidationError without a note, AlreadyDone while an earlier return is not answered.
    """
    if fault := text_fault(note, LONGEST_RETURN_NOTE, required=True):
        raise ValidationError({"note": fault})
    Annotation.objects.select_for_update().get(pk=annotation.pk)
    if annotation.sent_back.open().exists():
        raise AlreadyDone(_("It was sent back before, and is not answered yet."))
    sent_back = SentBack.objects.create(annotation=annotation, by=by, note=note.strip(), at=timezone.now(), adjudication=case)
    Event.objects.create(
        project=annotation.task.project,
        verb=Event.Verb.SENT_BACK,
        task=annotation.task,
        by=by,
        data={"annotation": annotation.pk} | ({"case": case.pk} if case else {}),
    )
    return sent_back
