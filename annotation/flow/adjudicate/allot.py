"""A manager gives a case to somebody, whoever has it now."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, ValidationError
from annotation.flow.adjudicate.claims import end, record
from annotation.flow.adjudicate.ways_out import could_decide, give_to, is_manager
from annotation.models import Adjudication, CaseReview, Event, Membership, User


@transaction.atomic
def allot(*, case: int, by: User, to: Any) -> None:
    """Reserve an open case for a person who may decide, who finds it first in their queue. What somebody else has begun ends,
    and their draft stays.

    Raises ValidationError, AlreadyDone, and Adjudication.DoesNotExist for anybody but a manager.
    """
    adjudication = Adjudication.objects.select_for_update(of=("self",)).select_related("task__project__rules").get(pk=case)
    project = adjudication.task.project
    if not is_manager(project, by):
        raise Adjudication.DoesNotExist
    if adjudication.decided_at:
        raise AlreadyDone(_("This response is decided already."))
    deciders = Membership.objects.deciders(project)
    receiver = deciders.named(to).first()
    if receiver is None:
        raise ValidationError({"to": _("Choose an adjudicator of this project.")})
    if not could_decide(adjudication, project, receiver.user):
        raise ValidationError({"to": _("This person cannot take the case. Choose somebody else.")})
    held = adjudication.reviews.held().exclude(adjudicator=receiver.user).first()
    if held:
        end(held, CaseReview.Ending.HANDED_OVER, timezone.now())
    give_to(adjudication, receiver.user)
    record(adjudication, Event.Verb.CASE_HANDED_OVER, project, by, to=receiver.user.username)
