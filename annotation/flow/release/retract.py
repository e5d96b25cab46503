"""Takes a release back: it stays, with its labels and files, and says so wherever it is shown or downloaded."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, ValidationError
from annotation.fields import is_empty, text_fault
from annotation.limits import LONGEST_DECISION_REASON
from annotation.models import Event, Project, Release, Retraction, User


@transaction.atomic
def retract(*, release: Release, reason: Any, by: User | None = None) -> Retraction:
    """Raises ValidationError, for one without a reason, and AlreadyDone."""
    if is_empty(reason):
        raise ValidationError({"reason": _("Say why you retract it.")})
    if fault := text_fault(reason, LONGEST_DECISION_REASON):
        raise ValidationError({"reason": fault})
    reason = reason.strip()
    Project.objects.select_for_update().get(pk=release.project_id)  # two who retract it at once take turns
    if Retraction.objects.filter(release=release).exists():
        raise AlreadyDone(_("Release %(version)s is retracted already.") % {"version": release.version})
    retraction = Retraction.objects.create(release=release, by=by, at=timezone.now(), reason=reason)
    data = {"version": release.version, "reason": reason}
    Event.objects.create(project=release.project, verb=Event.Verb.RETRACTED, by=by, data=data)
    return retraction
