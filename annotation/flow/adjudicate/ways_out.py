"""Other ways out of a case than a decision: skipped, handed over, taken back, sent back to an annotator and called back, marked
unusable."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, Refused, ValidationError
from annotation.fields import is_empty, text_fault
from annotation.flow.adjudicate.case import held_review
from annotation.flow.adjudicate.claims import end, record
from annotation.flow.adjudicate.letters import annotations_by_letter
from annotation.flow.adjudicate.queue import tasks_of_annotator
from annotation.flow.score.revise import send_back as return_annotation
from annotation.limits import LONGEST_CONCERN, LONGEST_DECISION_REASON
from annotation.models import (
    Adjudication,
    Assignment,
    CaseReview,
    Draft,
    Event,
    Lapse,
    Membership,
    Project,
    Role,
    SentBack,
    Task,
    User,
)
from annotation.models.assignments import AssignmentQuerySet
from annotation.models.flags import SentBackQuerySet

Ending = CaseReview.Ending


def read_text(field: str, text: Any, longest: int, message: str) -> str:
    """Raises ValidationError, with the message where the text is empty."""
    if is_empty(text):
        raise ValidationError({field: message})
    if fault := text_fault(text, longest):
        raise ValidationError({field: fault})
    return str(text).strip()


@transaction.atomic
def skip(*, case: int, by: User, reason: Any) -> None:
    """Leave the case to somebody else; it is not offered to the adjudicator again, and their draft stays.

    Raises ValidationError, AlreadyDone, NoLongerYours, CaseReview.DoesNotExist.
    """
    review = held_review(case, by)
    reason = read_text("reason", reason, LONGEST_CONCERN, _("Say why you skip it."))
    end(review, Ending.SKIPPED, timezone.now(), reason)
    Adjudication.objects.filter(pk=case, reserved_for=by).update(reserved_for=None)
    record(review.adjudication, Event.Verb.CASE_SKIPPED, review.project, by, reason=reason)


@transaction.atomic
def hand_over(*, case: int, by: User, to: Any, note: Any = "") -> None:
    """Reserve the case for another adjudicator, who finds it first in their queue.

    Raises ValidationError, AlreadyDone, NoLongerYours, CaseReview.DoesNotExist.
    """
    review = held_review(case, by)
    if note is not None and (fault := text_fault(note, LONGEST_CONCERN)):
        raise ValidationError({"note": fault})
    receiver = colleagues(review).named(to).first()
    if receiver is None:
        raise ValidationError({"to": _("Choose another adjudicator of this project.")})
    if not could_decide(review.adjudication, review.project, receiver.user):
        raise ValidationError({"to": _("This person cannot take the case. Choose somebody else.")})
    end(review, Ending.HANDED_OVER, timezone.now(), (note or "").strip())
    Adjudication.objects.filter(pk=case).update(reserved_for=receiver.user)
    record(
        review.adjudication, Event.Verb.CASE_HANDED_OVER, review.project, by, to=receiver.user.username, note=(note or "").strip()
    )


def colleagues(review: CaseReview) -> Any:
    """The memberships of those to whom the case may be handed over."""
    return Membership.objects.deciders(review.project).exclude(user=review.adjudicator_id)


def could_decide(case: Adjudication, project: Project, person: User) -> bool:
    """Whether the person, who may decide in the project, has not judged the response and, where the case is a second decision
    for comparison, had no part in another round of it.

    Nobody is left out of `colleagues` for it: who is missing there would tell the holder that they decided the response before.
    """
    if case.task_id in tasks_of_annotator(project, person, task=case.task_id):
        return False
    other_rounds = CaseReview.objects.filter(adjudication__task=case.task_id, adjudicator=person).exclude(adjudication=case)
    return not (case.second and other_rounds.exists())


@transaction.atomic
def take_back(*, case: int, by: User) -> None:
    """Take the case from whom it is with: a manager does, or whoever handed it over while nobody holds it.

    Raises Refused, Adjudication.DoesNotExist for anybody else.
    """
    adjudication = Adjudication.objects.select_for_update(of=("self",)).select_related("task__project").get(pk=case)
    project = adjudication.task.project
    held = adjudication.reviews.held().select_related("adjudicator").first()
    if is_manager(project, by):
        if held is None and adjudication.reserved_for_id is None:
            raise Refused(_("Nobody has this case."))
        holder = held.adjudicator if held else adjudication.reserved_for
        if held:
            end(held, Ending.TAKEN_BACK, timezone.now())
        give_to(adjudication, None)
        record(adjudication, Event.Verb.CASE_TAKEN_BACK, project, by, **{"from": holder.username if holder else ""})
        return
    gave_away = adjudication.reviews.for_decider(by).filter(ending=Ending.HANDED_OVER)
    if not gave_away.exists():
        raise Adjudication.DoesNotExist
    if held or adjudication.reserved_for is None or adjudication.reserved_for_id == by.pk:
        raise Refused(_("This case is in somebody's hands, or was never yours to take back."))
    record(adjudication, Event.Verb.CASE_TAKEN_BACK, project, by, **{"from": adjudication.reserved_for.username})
    give_to(adjudication, by)


def give_to(case: Adjudication, user: User | None) -> None:
    Adjudication.objects.filter(pk=case.pk).update(reserved_for=user)


def is_manager(project: Project, by: User) -> bool:
    return Membership.objects.filter(project=project, user=by, role=Role.MANAGER).exists()


@transaction.atomic
def send_back(*, case: int, by: User, annotator: Any, note: Any) -> SentBack:
    """Return the annotation under the letter to its annotator, who answers with a revision; the case waits for it, and returns
    to this adjudicator.

    Raises ValidationError, Refused before the blind scores, AlreadyDone, NoLongerYours, CaseReview.DoesNotExist.
    """
    review = held_review(case, by)
    if not review.revealed_at:
        raise Refused(_("Score the criteria blind first."))
    annotation = annotations_by_letter(review.adjudication).get(annotator) if isinstance(annotator, str) else None
    if annotation is None:
        raise ValidationError({"annotator": _("Choose the annotator.")})
    annotators = Membership.objects.in_project(review.project, Role.ANNOTATOR)
    members = annotators.filter(user=annotation.annotator_id, user__is_active=True)
    if annotation.assignment.reason == Assignment.Reason.IMPORT or not members.exists():
        raise ValidationError({"annotator": _("This annotator is no longer here to answer.")})
    if is_empty(note):
        raise ValidationError({"note": _("Write what the annotator should look at.")})
    sent_back = return_annotation(annotation=annotation, by=by, note=note, case=review.adjudication)
    end(review, Ending.SENT_BACK, timezone.now())
    give_to(review.adjudication, by)
    return sent_back


@transaction.atomic
def call_back(*, case: int, by: User) -> None:
    """Await no annotator in the open case any more, as call_back_response does.

    Raises AlreadyDone, Refused, Adjudication.DoesNotExist for anybody but a manager and the adjudicator who asked.
    """
    adjudication = Adjudication.objects.select_related("task__project").get(pk=case)
    if not is_manager(adjudication.task.project, by) and who_asked(adjudication, by) is None:
        raise Adjudication.DoesNotExist
    if adjudication.decided_at:
        raise AlreadyDone(_("This response is decided already."))
    call_back_response(task=adjudication.task_id, by=by)


@transaction.atomic
def call_back_response(*, task: int, by: User) -> None:
    """Await no annotator of the response any more: what was sent back needs no answer, and a slot after a dispute is withdrawn.
    The response is in the queue again, first for whom it is reserved. A manager calls back all of it, an adjudicator what they
    asked for in the open case.

    Raises AlreadyDone where no annotator is awaited, Refused while one scores the response, Task.DoesNotExist for anybody else.
    """
    project = Task.objects.select_related("project__rules").get(pk=task).project
    case = Adjudication.objects.select_for_update(of=("self",)).open().filter(task=task).first()
    returns, slots = SentBack.objects.open().filter(annotation__task=task), Assignment.objects.further().filter(task=task)
    if not is_manager(project, by):
        review = who_asked(case, by) if case else None
        if review is None:
            raise Task.DoesNotExist
        returns, slots = asked_in(review)
    waiting, further = list(returns.select_for_update(of=("self",))), list(slots.select_for_update(of=("self",)))
    if not waiting and not further:
        raise AlreadyDone(_("No annotator is awaited any more."))
    if slots.filter(lease_expires_at__gte=Now()).exists():
        raise Refused(_("An annotator is scoring this response now. Wait for their scores, or until their time has run out."))
    now, data = timezone.now(), {"round": case.round} if case else {}
    returns.update(withdrawn_at=now)
    slots.update(withdrawn_at=now, annotator=None, claimed_at=None, lease_expires_at=None)
    verbs = Event.Verb
    for one in waiting:
        about = data | {"annotation": one.annotation_id}
        Event.objects.create(project=project, verb=verbs.RETURN_WITHDRAWN, task_id=task, by=by, data=about)
    for slot in further:
        lost = {}
        if slot.annotator_id and slot.claimed_at:  # their lease had run out; their draft stays
            Lapse.objects.get_or_create(assignment=slot, annotator_id=slot.annotator_id, defaults={"lapsed_at": now})
            lost = {"annotator": slot.annotator_id, "claimed_at": slot.claimed_at.isoformat()}
        Event.objects.create(project=project, verb=verbs.FURTHER_WITHDRAWN, task_id=task, by=by, data=data | lost)


def who_asked(case: Adjudication, by: User) -> CaseReview | None:
    """The person's part in the case, if it ended so that an annotator is awaited."""
    parts = CaseReview.objects.for_decider(by).filter(adjudication=case)
    return parts.filter(ending__in=(Ending.SENT_BACK, Ending.FURTHER)).first()


def asked_in(review: CaseReview) -> tuple[SentBackQuerySet, AssignmentQuerySet]:
    """What the case still awaits by the adjudicator's wish: annotations that were sent back, slots after a dispute."""
    returns, slots = SentBack.objects.none(), Assignment.objects.none()
    if review.ending == Ending.SENT_BACK:
        returns = SentBack.objects.open().filter(adjudication=review.adjudication_id)
    if review.ending == Ending.FURTHER:
        slots = Assignment.objects.further().filter(task=review.adjudication.task_id)
    return returns, slots


def awaits_annotator(review: CaseReview) -> bool:
    """Whether the adjudicator, who sent the case back or asked for one more annotator, still waits."""
    return any(rows.exists() for rows in asked_in(review))


@transaction.atomic
def mark_unusable(*, case: int, by: User, reason: Any) -> Adjudication:
    """End the case without a decision: the response gets no label. Before the blind scores too.

    Raises ValidationError, AlreadyDone, NoLongerYours, CaseReview.DoesNotExist.
    """
    review = held_review(case, by)
    reason = read_text("reason", reason, LONGEST_DECISION_REASON, _("Say why it is unusable."))
    now, adjudication = timezone.now(), review.adjudication
    Adjudication.objects.filter(pk=case).update(
        outcome=Adjudication.Outcome.UNUSABLE, decided_by=by, decided_at=now, reason=reason, reserved_for=None
    )
    end(review, Ending.UNUSABLE, now)
    Draft.objects.filter(task=adjudication.task_id, annotator=by).delete()
    record(adjudication, Event.Verb.UNUSABLE, review.project, by, reason=reason)
    adjudication.refresh_from_db()
    return adjudication
