"""An adjudicator's case: scored blind, then revealed, then decided."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, NoLongerYours, Refused, ValidationError
from annotation.flow.adjudicate.answers import BlindWork, DecisionWork, read_blind, read_decision, read_draft
from annotation.flow.adjudicate.claims import end, record
from annotation.flow.adjudicate.letters import shown_revisions
from annotation.flow.score.claims import lease
from annotation.flow.score.drafts import ANY_WRITER, DraftWriter, SavedDraft, delete_draft, write_draft
from annotation.flow.score.store import check_key
from annotation.models import Adjudication, BlindScore, CaseReview, Decision, Draft, Event, Revision, User


def own_review(case: int, by: User) -> CaseReview:
    """The adjudicator's part in the case, with its content. Raises CaseReview.DoesNotExist where they have none."""
    return reviews_of(by).get(adjudication__pk=case)  # pk: a number too large for the database is not there


def reviews_of(by: User) -> QuerySet[CaseReview]:
    return (
        CaseReview.objects.for_decider(by)
        .select_related("project__rules", "adjudication__task__project__rules", "adjudication__task__response__query")
        .select_related("adjudication__task__rubric")
        .prefetch_related("adjudication__task__rubric__criteria__levels", "adjudication__decisions__criterion__levels")
        .prefetch_related("adjudication__decisions__level", "blind_scores__criterion", "blind_scores__level")
    )


def draft_of(review: CaseReview) -> tuple[dict[str, Any] | None, int]:
    """The adjudicator's unsent work of the phase that they are in, and the draft's version; 0 where there is none.

    What they had not sent of their blind scores is never shown as a decision.
    """
    draft = Draft.objects.filter(task=review.adjudication.task_id, annotator=review.adjudicator_id).first()
    if draft is None:
        return None, 0
    phase = "decision" if review.revealed_at else "blind"
    return (draft.content if draft.content.get("phase") == phase else None), draft.version


def save_draft(*, case: int, by: User, body: Any, writer: DraftWriter = ANY_WRITER) -> SavedDraft:
    """Save unsent work and renew the lease.

    Raises ValidationError, NoLongerYours or, where somebody else has decided, AlreadyDone (the draft is saved all the same),
    AlreadyDone for one's own work, Refused, DraftConflict (nothing is overwritten), CaseReview.DoesNotExist.
    """
    work = read_draft(own_review(case, by).adjudication, body)
    with transaction.atomic():
        review = locked_review(case, by)
        check_phase(review, work)
        renewed = CaseReview.objects.held().filter(pk=review.pk).update(lease_expires_at=lease(review.project, Now()))
        version, saved_at = write_draft(review.adjudication.task_id, by, work.as_draft(), writer)
    if not renewed:
        raise lost_error(review)
    return SavedDraft(version, saved_at, None, overall_shown=False)


def check_phase(review: CaseReview, work: BlindWork | DecisionWork) -> None:
    """Raises AlreadyDone for work that the adjudicator has sent already, and Refused for a decision before the blind scores."""
    if isinstance(work, BlindWork) and review.revealed_at:
        raise AlreadyDone(_("You have scored this response blind already."))
    if review.adjudication.decided_by_id == review.adjudicator_id:
        raise decided_error()
    if isinstance(work, DecisionWork) and not review.revealed_at:
        raise Refused(_("Score the criteria blind first."))


def score_blind(
    *, case: int, by: User, answers: Any, idempotency_key: str | None = None, writer: DraftWriter = ANY_WRITER
) -> tuple[CaseReview, bool]:
    """Keep the adjudicator's own scores of the asked criteria, and reveal the annotators' scores: the part in the case, and
    whether the scores are new (not when the same key comes again).

    Raises ValidationError, AlreadyDone, NoLongerYours or, where somebody else has decided, AlreadyDone (the scores are saved as a
    draft), DraftConflict, CaseReview.DoesNotExist.
    """
    check_key(idempotency_key)
    with transaction.atomic():
        review = locked_review(case, by)
        if review.blind_at and idempotency_key and review.blind_key == idempotency_key:
            return review, False
        work = read_blind(review.adjudication, answers)
        check_phase(review, work)
        if review.ended_at is None:
            delete_draft(review.adjudication.task_id, by, work.as_draft(), writer)
            store_blind(review, work, idempotency_key or "")
        else:
            write_draft(review.adjudication.task_id, by, work.as_draft(), writer)
    if review.ended_at:
        raise lost_error(review)
    return own_review(case, by), True


def store_blind(review: CaseReview, work: BlindWork, key: str) -> None:
    BlindScore.objects.bulk_create(
        BlindScore(review=review, criterion=decision.criterion, level=level, na=na, given=given)
        for decision in review.adjudication.decisions.all()
        for level, na, given in [work.answers[decision.criterion.key]]
    )
    now = timezone.now()
    CaseReview.objects.filter(pk=review.pk).update(
        blind_at=now, revealed_at=now, blind_key=key, lease_expires_at=lease(review.project, Now())
    )
    record(review.adjudication, Event.Verb.CASE_SCORED_BLIND, review.project, review.adjudicator)


def decide(
    *,
    case: int,
    by: User,
    decisions: Any,
    feedback: Any = "",
    adopt: Any = None,
    idempotency_key: str | None = None,
    writer: DraftWriter = ANY_WRITER,
) -> tuple[Adjudication, bool]:
    """Settle each asked criterion, {criterion: {"score": …, "cause": …, "reason": …}}, without a cause where the annotators gave
    the same: the case, and whether the decision is new. `feedback` goes into a release; `adopt` is the letter of the annotator
    whose feedback does instead.

    Raises ValidationError, AlreadyDone, NoLongerYours or, where somebody else has decided, AlreadyDone (the decision is saved as
    a draft), DraftConflict, CaseReview.DoesNotExist and, before the blind scores, Refused.
    """
    check_key(idempotency_key)
    with transaction.atomic():
        review = locked_review(case, by)
        if review.ending == CaseReview.Ending.DECIDED and idempotency_key and review.decision_key == idempotency_key:
            return review.adjudication, False
        if review.adjudication.decided_by_id == by.pk:
            raise decided_error()
        if not review.revealed_at:
            raise Refused(_("Score the criteria blind first."))
        work = read_decision(review.adjudication, decisions, feedback, adopt)
        adopted = adopted_revision(review.adjudication, work.adopt)
        if review.ended_at is None:
            delete_draft(review.adjudication.task_id, by, work.as_draft(), writer)
            store_decision(review, work, adopted, idempotency_key or "")
        else:
            write_draft(review.adjudication.task_id, by, work.as_draft(), writer)
    if review.ended_at:
        raise lost_error(review)
    review.adjudication.refresh_from_db()
    return review.adjudication, True


def adopted_revision(case: Adjudication, letter: str | None) -> Revision | None:
    """Raises ValidationError for a letter without feedback."""
    if letter is None:
        return None
    revision = shown_revisions(case).get(letter)
    if revision is None or not revision.feedback.strip():
        raise ValidationError({"adopt": _("This annotator wrote no feedback.")})
    return revision


def store_decision(review: CaseReview, work: DecisionWork, adopted: Revision | None, key: str) -> None:
    case, now = review.adjudication, timezone.now()
    asked = list(case.decisions.all())
    for decision in asked:
        name = decision.criterion.key
        decision.level, decision.na, decision.given = work.answers[name]
        decision.cause, decision.reason = work.causes.get(name, ""), work.reasons[name]
    Decision.objects.bulk_update(asked, ["level", "na", "given", "cause", "reason"])
    Adjudication.objects.filter(pk=case.pk).update(
        outcome=Adjudication.Outcome.DECIDED,
        decided_by=review.adjudicator,
        decided_at=now,
        feedback=work.feedback.strip(),
        adopted=adopted,
        reserved_for=None,
    )
    CaseReview.objects.filter(pk=review.pk).update(decision_key=key)
    end(review, CaseReview.Ending.DECIDED, now)
    Event.objects.create(
        project=review.project,
        verb=Event.Verb.ADJUDICATED,
        by=review.adjudicator,
        task=case.task,
        data={decision.criterion.key: decision.cause for decision in asked},
    )


def locked_review(case: int, by: User) -> CaseReview:
    """The adjudicator's part in the case, while the case is locked. Raises CaseReview.DoesNotExist where they have none."""
    Adjudication.objects.select_for_update(of=("self",)).filter(pk=case).first()
    return own_review(case, by)


def held_review(case: int, by: User) -> CaseReview:
    """As locked_review. Raises AlreadyDone, NoLongerYours unless the adjudicator holds the case."""
    review = locked_review(case, by)
    if review.ended_at and review.adjudication.decided_at:
        raise decided_error()
    if review.ended_at:
        raise lost_error(review)
    return review


def decided_error() -> AlreadyDone:
    return AlreadyDone(_("This response is decided already."))


def lost_error(review: CaseReview) -> Refused:
    """For work that was kept although the adjudicator does not hold the case."""
    if review.adjudication.decided_at:
        return AlreadyDone(_("This response is decided already. What you wrote is kept."))
    return NoLongerYours(_("This case is no longer yours: it was given back, or its lease ran out. Your work is kept."))
