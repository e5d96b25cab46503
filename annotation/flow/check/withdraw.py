"""Withdraws a scorer: it stays with its runs and says so wherever it is shown, and gets no further run."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, ValidationError
from annotation.fields import is_empty, text_fault
from annotation.limits import LONGEST_DECISION_REASON
from annotation.models import Event, Project, Scorer, User


@transaction.atomic
def withdraw(*, scorer: Scorer, reason: Any, by: User | None = None) -> None:
    """Raises ValidationError, for one without a reason, and AlreadyDone."""
    if is_empty(reason):
        raise ValidationError({"reason": _("Say why you withdraw it.")})
    if fault := text_fault(reason, LONGEST_DECISION_REASON):
        raise ValidationError({"reason": fault})
    reason = reason.strip()
    Project.objects.select_for_update(no_key=True).get(pk=scorer.project_id)  # as files are kept in turn
    values = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_reason": reason}
    if Scorer.objects.standing().filter(pk=scorer.pk).update(**values) != 1:
        raise AlreadyDone(_("%(scorer)s is withdrawn already.") % {"scorer": scorer.name})
    data = {"scorer": scorer.name, "reason": reason}
    Event.objects.create(project=scorer.project, verb=Event.Verb.SCORER_WITHDRAWN, by=by, data=data)
    scorer.refresh_from_db()
