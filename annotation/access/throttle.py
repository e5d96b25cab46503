"""What counts as a failure to sign in besides a wrong password, for pages and scripts."""

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest

UNKNOWN_LINK = "a link"  # what a failure by a link counts for, in the place of a name: no username has a space
ASKED_BY_MAIL = "a mail"


def is_locked(request: HttpRequest, kind: str) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"username": kind})


def count(request: HttpRequest, kind: str) -> None:
    """Count a link that nobody made, or a mail that was asked for, as a failure to sign in: too many close the kind for the
    address."""
    AxesProxyHandler.user_login_failed(None, {"username": kind}, request)
