"""Whether a project asks its managers for a second factor, and the removal of one that somebody has lost."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from annotation.errors import Refused, ValidationError
from annotation.models import Event, Project, User


@transaction.atomic
def ask_for_second_factor(*, project: Project, wanted: bool, by: User | None = None) -> Project:
    """Managers without one are let in again when they have set it up. Raises Refused for one who has none and would lock
    themselves out."""
    if not isinstance(wanted, bool):
        raise ValidationError({"second_factor": _("expected true or false")})
    if wanted and by and not has_second_factor(by):
        raise Refused(_("Set up your own second factor first: without it you could not come back."))
    if project.second_factor != wanted:
        project.second_factor = wanted
        project.save(update_fields=["second_factor"])
        Event.objects.create(project=project, verb=Event.Verb.SECOND_FACTOR_CHANGED, by=by, data={"required": wanted})
    return project


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


@transaction.atomic
def remove_second_factor(*, username: str) -> int:
    """By an administrator on the server, for somebody who lost phone and codes; how many there were. Raises Refused."""
    user = User.objects.named(username).first() if "\0" not in username else None
    if user is None:
        raise Refused(_("username: there is no %(username)s") % {"username": username})
    return int(Authenticator.objects.filter(user=user).delete()[0])
