"""Links for a new password: a manager's for a member, an administrator's by command, a person's own by mail.

Who sets somebody's password has their account, with everything that it reaches. So a manager's link is for people who reach
nothing but what the manager manages.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from annotation.errors import Refused, ValidationError
from annotation.flow.accounts.invitations import password_fault
from annotation.flow.accounts.mail import mail_password_link
from annotation.flow.accounts.passwords import change_password
from annotation.models import Event, Membership, PasswordLink, Project, Role, User, digest_of, new_link_token

DAYS = 3  # of a manager's link
HOURS_BY_MAIL = 2
MOST_BY_MAIL = 3  # live ones of a person


@transaction.atomic
def make_password_link(*, username: str, project: Project, by: User) -> tuple[PasswordLink, str]:
    """For a manager of the project: the link of a member, and its token, which is not stored. Raises Refused."""
    member = Membership.objects.filter(project=project).select_related("user").named(username).first()
    if member is None:
        raise Refused(_("username: %(username)s is no member of the project") % {"username": username})
    if fault := out_of_reach(member.user, by):
        raise Refused(fault)
    link, token = new_link(member.user, timedelta(days=DAYS), by)
    data = {"username": member.user.username, "member": member.user_id}
    Event.objects.create(project=project, verb=Event.Verb.PASSWORD_LINK_MADE, by=by, data=data)
    return link, token


def out_of_reach(user: User, by: User) -> str:
    """Why the manager may not set the person's password; empty where they may."""
    if not user.is_active:
        return _("This account cannot sign in. An administrator can change that.")
    memberships = Membership.objects.of_user(user)
    if user.is_staff or user.is_superuser or memberships.filter(role=Role.MANAGER).exists():
        return _("Managers and administrators get a new password by mail, or from an administrator.")
    managed = Membership.objects.of_user(by).filter(role=Role.MANAGER).values("project")
    if memberships.exclude(project__in=managed).exists() or not memberships.exists():
        return _("This person takes part in more than you manage: they get a new password by mail, or from an administrator.")
    return ""


@transaction.atomic
def make_link_by_command(*, username: str) -> tuple[PasswordLink, str]:
    """For an administrator, on the server. Raises Refused."""
    user = User.objects.named(username).filter(is_active=True).first() if "\0" not in username else None
    if user is None:
        raise Refused(_("username: there is no %(username)s who can sign in") % {"username": username})
    return new_link(user, timedelta(days=DAYS), None)


@task()
def mail_links(email: str, page: str, language: str) -> None:
    """For the worker, so that the time of an answer does not tell whether an address is known: mail a link to each person who
    has it. `page` is the address of a link's page with TOKEN in it."""
    with translation.override(language):
        for user in User.objects.filter(email__iexact=email, is_active=True).exclude(email="").order_by("pk"):
            if token := new_link_by_mail(user):
                mail_password_link(email=user.email, username=user.username, link=page.replace("TOKEN", token))


@transaction.atomic
def new_link_by_mail(user: User) -> str:
    """The token; empty where the person has enough links: nobody can fill their mailbox."""
    if PasswordLink.objects.filter(user=user).live().filter(made_by=None).count() >= MOST_BY_MAIL:
        return ""
    return new_link(user, timedelta(hours=HOURS_BY_MAIL), None)[1]


def new_link(user: User, life: timedelta, by: User | None) -> tuple[PasswordLink, str]:
    token = new_link_token()
    link = PasswordLink.objects.create(user=user, digest=digest_of(token), made_by=by, expires_at=timezone.now() + life)
    return link, token


def link_of(token: str) -> PasswordLink:
    """Raises Refused, in words, where it can no longer be used."""
    link = PasswordLink.objects.of_token(token).first()
    if link is None:
        raise Refused(_("There is no such link. Check that the whole link was copied."))
    if link.used_at:
        raise Refused(_("This link was used already. Ask for another one if you need it."))
    if link.expires_at <= timezone.now() or not link.user.is_active:
        raise Refused(_("This link has expired. Ask for another one."))
    if link.made_by and (fault := out_of_reach(link.user, link.made_by)):
        raise Refused(fault)
    return link


@transaction.atomic
def use_link(*, token: str, password: str, repeated: str) -> User:
    """Set the password, which ends the person's sessions, tokens and other links. Raises ValidationError and Refused."""
    PasswordLink.objects.select_for_update().filter(digest=digest_of(token)).first()  # it is used once
    user = link_of(token).user
    faults = {"password": password_fault(password, user)}
    if not faults["password"] and password != repeated:
        faults = {"repeated": _("The two passwords differ.")}
    if faults := {field: fault for field, fault in faults.items() if fault}:
        raise ValidationError(faults)
    change_password(user=user, password=password)
    now = timezone.now()
    PasswordLink.objects.of_token(token).update(used_at=now)
    PasswordLink.objects.filter(user=user).live().update(expires_at=now)
    return user
