"""Makes a person anonymous on request: name, address and way in go; their work stays, under the pseudonym that it has."""

import secrets

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.accounts.sessions import end_sessions
from annotation.flow.accounts.tokens import revoke_tokens
from annotation.flow.leave import end_member
from annotation.models import Event, Invitation, Membership, Participation, PasswordLink, Project, Role, User, normal_form


@transaction.atomic
def anonymise(*, username: str, project: Project | None = None, by: User | None = None) -> User:
    """End the person's memberships, and take what names them; by a manager of the project, or by a command for all projects.

    The names of events never change: annotation/flow/history shows the neutral name in their place. Raises Refused.
    """
    rows = User.objects.select_for_update().filter(normal_username=normal_form(username))
    user: User | None = rows.first() if "\0" not in username else None
    if user is None or (project and not Participation.objects.filter(project=project, user=user).exists()):
        raise Refused(_("username: there is no %(username)s") % {"username": username})
    if user.anonymised_at:
        raise Refused(_("This person was made anonymous already."))
    if by and (fault := reaches_further(user, by)):
        raise Refused(fault)
    former = user.username
    for left in Project.objects.for_member(user):
        end_member(username=former, project=left, by=by)
    revoke_tokens(username=former, by=by)
    end_sessions(by=user, this=None)
    now = timezone.now()
    PasswordLink.objects.filter(user=user).live().update(expires_at=now)
    Invitation.objects.filter(acceptances__user=user).update(email="")
    take_names(user)
    people = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=people, object_id=str(user.pk)).update(object_repr=user.username)
    Event.objects.bulk_create(
        Event(project_id=taken, verb=Event.Verb.ANONYMISED, by=by, data={"username": user.username, "member": user.pk})
        for taken in Participation.objects.filter(user=user).order_by("project").values_list("project", flat=True)
    )
    return user


def take_names(user: User) -> None:
    user.username = f"anonymous-{secrets.token_hex(4)}"
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.anonymised_at = timezone.now()
    user.save()


def reaches_further(user: User, by: User) -> str:
    """Why a manager may not make the person anonymous, which is for all projects; empty where they may."""
    if user.is_staff or user.is_superuser or Membership.objects.of_user(user).filter(role=Role.MANAGER).exists():
        return _("Managers and administrators are made anonymous by an administrator.")
    managed = Membership.objects.of_user(by).filter(role=Role.MANAGER).values("project")
    if Participation.objects.filter(user=user).exclude(project__in=managed).exists():
        return _("This person takes or took part in a project that you do not manage: an administrator can make them anonymous.")
    return ""
