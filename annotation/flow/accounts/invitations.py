"""Invitations to a project by link: made and withdrawn by managers, accepted by whoever has the link."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused, ValidationError, quoted
from annotation.fields import is_whole, username_fault
from annotation.flow.setup.projects import add_member
from annotation.models import Acceptance, Event, Invitation, Membership, Project, Role, User, digest_of, new_link_token

LONGEST_DAYS, MOST_USES, LONGEST_EMAIL = 90, 500, 254


@transaction.atomic
def invite(
    *, project: Project, role: str, email: str = "", uses: int = 1, days: int = 14, by: User | None = None
) -> tuple[Invitation, str]:
    """The invitation, and the token of its link, which is not stored and cannot be had again. Raises ValidationError."""
    faults = {
        "role": role_fault(role),
        "email": email_fault(email),
        "uses": number_fault(uses, MOST_USES),
        "days": number_fault(days, LONGEST_DAYS),
    }
    if faults := {field: fault for field, fault in faults.items() if fault}:
        raise ValidationError(faults)
    token = new_link_token()
    invitation = Invitation.objects.create(
        project=project,
        role=role,
        email=email,
        digest=digest_of(token),
        uses=uses,
        expires_at=timezone.now() + timedelta(days=days),
        created_by=by,
    )
    data = {"invitation": invitation.pk, "role": role, "uses": uses}
    Event.objects.create(project=project, verb=Event.Verb.INVITED, by=by, data=data)
    return invitation, token


def role_fault(role: Any) -> str:
    if role in Role.values:
        return ""
    return _("%(role)s is none of %(roles)s") % {"role": quoted(role), "roles": ", ".join(Role.values)}


def email_fault(email: Any) -> str:
    """Nothing is wrong with none."""
    if email == "":
        return ""
    try:
        validate_email(email)
    except DjangoValidationError:
        return _("%(email)s is no e-mail address") % {"email": quoted(email)}
    return "" if len(email) <= LONGEST_EMAIL else _("expected at most %(most)s characters") % {"most": LONGEST_EMAIL}


def number_fault(number: Any, most: int) -> str:
    if is_whole(number) and 1 <= number <= most:
        return ""
    return _("expected a whole number from 1 to %(most)s, not %(number)s") % {"most": most, "number": quoted(number)}


@transaction.atomic
def withdraw_invitation(*, project: Project, invitation: int, by: User | None = None) -> Invitation:
    """Raises Invitation.DoesNotExist, and Refused for one that is withdrawn already."""
    row = Invitation.objects.select_for_update().get(project=project, pk=invitation)
    if row.withdrawn_at:
        raise Refused(_("This invitation was withdrawn already."))
    row.withdrawn_at, row.withdrawn_by = timezone.now(), by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    data = {"invitation": row.pk, "role": row.role}
    Event.objects.create(project=project, verb=Event.Verb.INVITATION_WITHDRAWN, by=by, data=data)
    return row


def invitation_of(token: str) -> Invitation:
    """Raises Refused, in words, where nobody can accept it any more."""
    invitation = Invitation.objects.of_token(token).first()
    if invitation is None:
        raise Refused(_("There is no such invitation. Check that the whole link was copied."))
    if invitation.withdrawn_at:
        raise Refused(_("This invitation was withdrawn. Ask the lead of your study for another one."))
    if invitation.expires_at <= timezone.now():
        raise Refused(_("This invitation has expired. Ask the lead of your study for another one."))
    if invitation.acceptances.count() >= invitation.uses:
        raise Refused(_("This invitation was used already. Ask the lead of your study for another one."))
    maker = invitation.created_by
    if maker and not Membership.objects.in_project(invitation.project, Role.MANAGER).filter(user=maker).exists():
        raise Refused(_("Who made this invitation no longer manages the project. Ask its lead for another one."))
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, by: User) -> Membership:
    """Raises Refused for an invitation that is over, and for somebody who is a member already, whose role it does not change."""
    Invitation.objects.select_for_update().filter(digest=digest_of(token)).first()  # those who accept wait for each other
    invitation = invitation_of(token)
    project = invitation.project
    if membership := Membership.objects.filter(project=project, user=by).first():
        told = {"project": project.title, "role": membership.roles_in_words}
        raise Refused(_("You take part in %(project)s already, as %(role)s.") % told)
    membership = add_member(username=by.username, project=project, role=invitation.role, invitation=invitation.pk)
    Acceptance.objects.get_or_create(invitation=invitation, user=by)
    return membership


def join(*, token: str, username: str, password: str, repeated: str, email: str = "") -> Membership:
    """Make an account and accept with it; without `email` it has the address of an invitation for one person. Raises
    ValidationError for the name, the password and the address, and Refused."""
    invitation = invitation_of(token)
    user = User(username=username, email=email or (invitation.email if invitation.uses == 1 else ""))
    faults = {"username": new_name_fault(username), "password": password_fault(password, user), "email": email_fault(email)}
    if not faults["password"] and password != repeated:
        faults["repeated"] = _("The two passwords differ.")
    if faults := {field: fault for field, fault in faults.items() if fault}:
        raise ValidationError(faults)
    user.set_password(password)  # before the transaction: a hash takes long
    return enter(token=token, user=user)


@transaction.atomic
def enter(*, token: str, user: User) -> Membership:
    """Store the new person, unless somebody took the name meanwhile, and accept."""
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise ValidationError({"username": new_name_fault(user.username)}) from None
    return accept_invitation(token=token, by=user)


def new_name_fault(username: str) -> str:
    if fault := username_fault(username):
        return fault
    if User.objects.named(username).exists():
        return _("%(username)s exists already: choose another name, or sign in") % {"username": quoted(username)}
    return ""


def password_fault(password: str, user: User) -> str:
    """By the rules of the settings, in words."""
    try:
        validate_password(password, user)
    except DjangoValidationError as error:
        return " ".join(error.messages)
    return ""
