"""Mails with links. A mail that cannot be sent is no failure of the step: the link is shown as well."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.utils.translation import gettext as _

logger = logging.getLogger("sixpoint.mail")


def mail_invitation(*, email: str, project: str, role: str, link: str) -> bool:
    """Whether it was sent."""
    told = {"project": project, "role": role, "link": link}
    body = _(
        "You are invited to take part in %(project)s as %(role)s.\n\n"
        "Open this link to accept, and keep it to yourself:\n%(link)s\n"
    )
    return send(email, _("Invitation to %(project)s") % told, body % told)


def mail_password_link(*, email: str, username: str, link: str) -> bool:
    """Whether it was sent."""
    told = {"username": username, "link": link}
    body = _(
        "Somebody asked for a new password of the account %(username)s.\n\n"
        "Open this link to choose one:\n%(link)s\n\nIf it was not you, do nothing: the password stays as it is.\n"
    )
    return send(email, _("New password"), body % told)


def send(email: str, subject: str, body: str) -> bool:
    try:
        send_mail(" ".join(subject.split()), body, None, [email])
    except (SMTPException, OSError) as error:
        logger.warning("mail not sent: %s", type(error).__name__)  # the error may quote the address
        return False
    return True
