"""Stores drafts and submissions of a held assignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.flow.score import drafts
from annotation.flow.score import submission as submissions
from annotation.flow.score.claims import lease
from annotation.flow.score.own import lost_error, own_assignment, submitted_by
from annotation.flow.score.submission import Submission
from annotation.models import Annotation, Assignment, ErrorMark, Look, Note, Revision, Score, User


@dataclass(frozen=True)
class NewRevision:
    """A complete submission for a slot, and when and by whom it was made."""

    slot: Assignment
    by: User
    submission: Submission
    submitted_at: datetime
    idempotency_key: str | None = None


def save_draft(
    *, assignment: int | Assignment, by: User, body: Any, writer: drafts.DraftWriter = drafts.ANY_WRITER
) -> drafts.SavedDraft:
    """Save unsent work and renew the lease.

    Raises ValidationError, NoLongerYours (the draft is saved all the same), AlreadyDone, DraftConflict (nothing is
    overwritten), Assignment.DoesNotExist.
    """
    slot = own_assignment(assignment, by)
    submission = submissions.read(slot.task, body, complete=False)
    with transaction.atomic():
        held = Assignment.objects.held().filter(pk=slot.pk, annotator=by)
        still_held = held.update(lease_expires_at=lease(slot.project, Now())) == 1
        if still_held or not submitted_by(slot, by):
            saved = drafts.save_submission(slot, by, submission, writer)
    if not still_held:
        raise lost_error(slot, by)
    return saved


def submit(
    *,
    assignment: int | Assignment,
    by: User,
    body: Any,
    idempotency_key: str | None = None,
    writer: drafts.DraftWriter = drafts.ANY_WRITER,
) -> tuple[Revision, bool]:
    """Store the independent judgement: its revision, and whether it is new (not when the same key comes again).

    Raises ValidationError, NoLongerYours (the submission is saved as a draft), DraftConflict (another page's draft stays),
    AlreadyDone, Assignment.DoesNotExist.
    """
    check_key(idempotency_key)
    slot = own_assignment(assignment, by)
    if first := earlier_submission(slot, by, idempotency_key):
        return first, False
    submission = submissions.read(slot.task, body, complete=True)
    with transaction.atomic():
        held = Assignment.objects.held().filter(pk=slot.pk, annotator=by)
        now = timezone.now()
        if still_held := held.update(submitted_at=now, lease_expires_at=None) == 1:
            drafts.delete_draft(slot.task_id, by, submission.as_draft(), writer)
            [revision] = store_submissions([NewRevision(slot, by, submission, now, idempotency_key)])
        elif not submitted_by(slot, by):
            drafts.save_submission(slot, by, submission, writer)
    if still_held:
        return revision, True
    if first := earlier_submission(slot, by, idempotency_key):  # the same request was under way twice
        return first, False
    raise lost_error(slot, by)


def check_key(idempotency_key: str | None) -> None:
    if idempotency_key is not None and (len(idempotency_key) > 200 or "\0" in idempotency_key):
        raise ValidationError({"Idempotency-Key": _("expected at most 200 characters")})


def store_submissions(new: Sequence[NewRevision]) -> list[Revision]:
    """Store first judgements, in three queries and one for each kind of remark. The caller updates their slots."""
    annotations = Annotation.objects.bulk_create(
        [Annotation(task_id=revision.slot.task_id, annotator=revision.by, assignment=revision.slot) for revision in new]
    )
    return store_revisions([(annotation, 1, revision) for annotation, revision in zip(annotations, new, strict=True)])


def store_revisions(numbered: Sequence[tuple[Annotation, int, NewRevision]]) -> list[Revision]:
    """Store revisions, each with its annotation and number."""
    revisions = Revision.objects.bulk_create(
        [
            revision_row(annotation, number, new.submission, new.submitted_at, new.idempotency_key)
            for annotation, number, new in numbered
        ]
    )
    submitted = [(revision, new.submission) for revision, (_annotation, _number, new) in zip(revisions, numbered, strict=True)]
    Score.objects.bulk_create([row for revision, submission in submitted for row in score_rows(revision, submission)])
    rows = [row for revision, submission in submitted for row in submission.remarks.rows(revision)]
    for model in (Note, ErrorMark, Look):
        if of_model := [row for row in rows if isinstance(row, model)]:
            model.objects.bulk_create(of_model)  # type: ignore[arg-type]
    return revisions


def revision_row(
    annotation: Annotation, number: int, submission: Submission, submitted_at: datetime, idempotency_key: str | None = None
) -> Revision:
    return Revision(
        annotation=annotation,
        number=number,
        feedback=submission.feedback,
        holistic=submission.holistic,
        active_seconds=submission.active_seconds,
        submitted_at=submitted_at,
        idempotency_key=idempotency_key,
    )


def score_rows(revision: Revision, submission: Submission) -> list[Score]:
    return [
        Score(
            revision_id=revision.pk,
            criterion_id=criterion.pk,
            level_id=level.pk if level else None,
            not_applicable=na,
            confidence=submission.remarks.confidence.get(criterion) if level else None,
        )
        for criterion, level, na in submission.answers()
    ]


def earlier_submission(slot: Assignment, by: User, idempotency_key: str | None) -> Revision | None:
    if idempotency_key is None:
        return None
    return Revision.objects.filter(annotation__assignment=slot, annotation__annotator=by, idempotency_key=idempotency_key).first()
