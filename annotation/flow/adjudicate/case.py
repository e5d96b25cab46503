"""An adjudicator's case: scored blind, then revealed, then decided."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, NoLongerYours, Refused, ValidationError
from annotation.flow.adjudicate.answers import read_answers, read_cause
from annotation.flow.adjudicate.claims import end
from annotation.models import Adjudication, BlindScore, CaseReview, Decision, Event, User


def own_review(case: int, by: User) -> CaseReview:
    """The adjudicator's part in the case, with its content. Raises CaseReview.DoesNotExist where they have none."""
    return reviews_of(by).get(adjudication=case)


def reviews_of(by: User) -> QuerySet[CaseReview]:
    return (
        CaseReview.objects.for_decider(by)
        .select_related("project", "adjudication__task__project", "adjudication__task__response__query")
        .select_related("adjudication__task__rubric")
        .prefetch_related("adjudication__task__rubric__criteria__levels", "adjudication__decisions__criterion__levels")
        .prefetch_related("adjudication__decisions__level", "blind_scores__criterion", "blind_scores__level")
    )


@transaction.atomic
def score_blind(*, case: int, by: User, answers: Any) -> CaseReview:
    """Keep the adjudicator's own scores of the asked criteria, and reveal the annotators' scores.

    Raises ValidationError, AlreadyDone, NoLongerYours, CaseReview.DoesNotExist.
    """
    review = locked_review(case, by)
    if review.revealed_at:
        raise AlreadyDone(_("You have scored this response unseen already."))
    check_held(review)
    faults: dict[str, str] = {}
    asked = list(review.adjudication.decisions.all())
    values = read_answers(review.adjudication, asked, answers, faults)
    if faults:
        raise ValidationError(faults)
    BlindScore.objects.bulk_create(
        BlindScore(review=review, criterion=decision.criterion, level=level, na=na, given=given)
        for decision in asked
        for level, na, given in [values[decision.criterion.key]]
    )
    now = timezone.now()
    CaseReview.objects.filter(pk=review.pk).update(blind_at=now, revealed_at=now)
    return own_review(case, by)


@transaction.atomic
def decide(*, case: int, by: User, decisions: Any) -> Adjudication:
    """Settle each asked criterion: {criterion: {"score": …, "cause": …, "reason": …}}.

    Raises ValidationError, AlreadyDone, NoLongerYours, CaseReview.DoesNotExist and, before the blind scores, Refused.
    """
    review = locked_review(case, by)
    adjudication = review.adjudication
    if adjudication.decided_at:
        raise AlreadyDone(_("This response is decided already."))
    check_held(review)
    if not review.revealed_at:
        raise Refused(_("Score the criteria unseen first."))
    asked = list(adjudication.decisions.all())
    faults: dict[str, str] = {}
    items = {key: item if isinstance(item, Mapping) else {} for key, item in as_mapping(decisions).items()}
    answers = {key: item.get("score") for key, item in items.items() if "score" in item}
    values = read_answers(adjudication, asked, answers, faults)
    for decision in asked:
        key = decision.criterion.key
        decision.cause, decision.reason = read_cause(key, items.get(key, {}), faults)
        if key in values:
            decision.level, decision.na, decision.given = values[key]
    if faults:
        raise ValidationError(dict(sorted(faults.items())))
    now = timezone.now()
    Decision.objects.bulk_update(asked, ["level", "na", "given", "cause", "reason"])
    Adjudication.objects.filter(pk=case).update(outcome=Adjudication.Outcome.DECIDED, decided_by=by, decided_at=now)
    end(review, CaseReview.Ending.DECIDED, now)
    Event.objects.create(
        project=review.project,
        verb=Event.Verb.ADJUDICATED,
        by=by,
        task=adjudication.task,
        data={decision.criterion.key: decision.cause for decision in asked},
    )
    adjudication.refresh_from_db()
    return adjudication


def as_mapping(decisions: Any) -> Mapping[str, Any]:
    """Empty for anything else: then each criterion is missing."""
    return decisions if isinstance(decisions, Mapping) else {}


def locked_review(case: int, by: User) -> CaseReview:
    """The adjudicator's part in the case, while the case is locked. Raises CaseReview.DoesNotExist where they have none."""
    Adjudication.objects.select_for_update().filter(pk=case).first()
    return own_review(case, by)


def check_held(review: CaseReview) -> None:
    if review.ended_at:
        raise NoLongerYours(_("This case is no longer yours: it was given back, or its lease ran out. Your work is kept."))
