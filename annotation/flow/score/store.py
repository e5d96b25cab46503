"""Stores drafts and submissions of a held slot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.flow.score import drafts, submission
from annotation.flow.score.claims import lease
from annotation.flow.score.own import lost_error, own_assignment, submitted_by
from annotation.flow.score.submission import Submission
from annotation.models import (
    Annotation,
    Assignment,
    Draft,
    ErrorMark,
    Look,
    Note,
    Revision,
    Score,
    User,
)


@dataclass(frozen=True)
class NewRevision:
    """A judgement that is complete, as it came in for a slot."""

    slot: Assignment
    by: User
    submission: Submission
    submitted_at: datetime
    idempotency_key: str | None = None


def save_draft(*, assignment: int, by: User, body: Any, writer: drafts.DraftWriter = drafts.ANY_WRITER) -> Draft:
    """Keep unsent work and renew the lease.

    Raises Invalid, NoLongerYours (the work is kept), Overtaken (nothing is overwritten), Assignment.DoesNotExist.
    """
    slot = own_assignment(assignment, by)
    said = submission.read(slot.task, body, complete=False)
    with transaction.atomic():
        held = Assignment.objects.held().filter(pk=slot.pk, annotator=by)
        still_mine = held.update(lease_expires_at=lease(slot.project, Now())) == 1
        if still_mine or not submitted_by(slot, by):
            draft = drafts.write_draft(slot, by, said, writer)
    if not still_mine:
        raise lost_error(slot, by)
    return draft


def submit(
    *, assignment: int, by: User, body: Any, idempotency_key: str | None = None, writer: drafts.DraftWriter = drafts.ANY_WRITER
) -> tuple[Revision, bool]:
    """Take the independent judgement: its revision, and whether it is new (not when the same key comes again).

    Raises Invalid, NoLongerYours (what was sent is kept as a draft), Overtaken (another page's draft stands), AlreadyDone,
    Assignment.DoesNotExist.
    """
    check_key(idempotency_key)
    slot = own_assignment(assignment, by)
    if first := earlier_submission(slot, by, idempotency_key):
        return first, False
    said = submission.read(slot.task, body, complete=True)
    with transaction.atomic():
        held = Assignment.objects.held().filter(pk=slot.pk, annotator=by)
        now = timezone.now()
        if still_mine := held.update(submitted_at=now, lease_expires_at=None) == 1:
            drafts.delete_draft(slot, by, said, writer)
            [revision] = store_submissions([NewRevision(slot, by, said, now, idempotency_key)])
        elif not submitted_by(slot, by):
            drafts.write_draft(slot, by, said, writer)
    if still_mine:
        return revision, True
    if first := earlier_submission(slot, by, idempotency_key):  # the same request was under way twice
        return first, False
    raise lost_error(slot, by)


def check_key(idempotency_key: str | None) -> None:
    if idempotency_key is not None and (len(idempotency_key) > 200 or "\0" in idempotency_key):
        raise ValidationError({"Idempotency-Key": _("expected at most 200 characters")})


def store_submissions(sent: Sequence[NewRevision]) -> list[Revision]:
    """The first judgements, in three queries and one for each kind of mark; what their slots say of them is the caller's."""
    annotations = Annotation.objects.bulk_create(
        [Annotation(task_id=one.slot.task_id, annotator=one.by, assignment=one.slot) for one in sent]
    )
    return store_revisions([(annotation, 1, one) for annotation, one in zip(annotations, sent, strict=True)])


def store_revisions(numbered: Sequence[tuple[Annotation, int, NewRevision]]) -> list[Revision]:
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                annotation=annotation,
                number=number,
                feedback=one.submission.feedback,
                holistic=one.submission.holistic,
                active_seconds=one.submission.active_seconds,
                submitted_at=one.submitted_at,
                idempotency_key=one.idempotency_key,
            )
            for annotation, number, one in numbered
        ]
    )
    said = [(revision, one.submission) for revision, (_annotation, _number, one) in zip(revisions, numbered, strict=True)]
    Score.objects.bulk_create(
        [
            Score(
                revision_id=revision.pk,
                criterion_id=criterion.pk,
                level_id=level.pk if level else None,
                not_applicable=na,
                confidence=one.remarks.confidence.get(criterion) if level else None,
            )
            for revision, one in said
            for criterion, level, na in one.answers()
        ]
    )
    rows = [row for revision, one in said for row in one.remarks.rows(revision)]
    for model in (Note, ErrorMark, Look):
        if of_model := [row for row in rows if isinstance(row, model)]:
            model.objects.bulk_create(of_model)  # type: ignore[arg-type]
    return revisions


def earlier_submission(slot: Assignment, by: User, idempotency_key: str | None) -> Revision | None:
    if idempotency_key is None:
        return None
    return Revision.objects.filter(annotation__assignment=slot, annotation__annotator=by, idempotency_key=idempotency_key).first()
