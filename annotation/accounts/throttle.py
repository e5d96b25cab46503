"""Counts failures to give a password, in the database for all processes: by name and address, and by address over all names."""

import time
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from annotation.models import normal_form
from config.http.refusals import refusal

OF_ADDRESS = 100  # failures over all names: a laboratory may have one address, and people there mistype too
LONGEST_NAME = 255  # of axes' column; no username is as long
REMEMBERED = 5.0  # seconds for which a process refuses without asking the database who was locked out
# Until when, by address and name, or by address where it is locked for all names.
locked_out: dict[tuple[str | None, str | None], float] = {}


def attempted_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that an attempt counts for, in the form in which people are found: whatever spelling is typed counts as one.

    Django's credentials call it username, allauth's form login.
    """
    return normal_form((credentials or {}).get("username") or request.POST.get("login", ""))[:LONGEST_NAME]


def counted_address(request: HttpRequest) -> str | None:
    """The client's address, or for IPv6 its network, of which one subscriber has all addresses; None through a socket."""
    address: str = request.META.get("REMOTE_ADDR", "")  # config/http/proxies.py has set it
    return str(ip_network(f"{address}/64", strict=False).network_address) if ":" in address else address or None


class Throttle(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """Those of the name from this address; as many as lock it where the address has reached its own limit."""
        recent = AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address, attempt_time__gte=get_cool_off_threshold(request)
        )
        name = Q(username=attempted_username(request, credentials))
        failures = recent.aggregate(of_name=Sum("failures_since_start", filter=name), of_address=Sum("failures_since_start"))
        request.axes_address_locked = (failures["of_address"] or 0) >= OF_ADDRESS
        if request.axes_address_locked:
            return int(settings.AXES_FAILURE_LIMIT)
        return failures["of_name"] or 0

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **named: Any) -> None:
        """Nothing is written for who is locked out already: it would cost as much as what the lock is to save."""
        if request is not None and request.axes_locked_out:
            request.axes_credentials = credentials
            return
        super().user_login_failed(sender, credentials, request, **named)


def locked(request: Any, _answer: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    if len(locked_out) > 10_000:
        for oldest in list(locked_out)[:1_000]:
            locked_out.pop(oldest, None)
    name = None if request.axes_address_locked else attempted_username(request, credentials)
    locked_out[request.axes_ip_address, name] = time.monotonic() + REMEMBERED
    return locked_page()


def locked_page() -> HttpResponse:
    return refusal("registration/locked.html", status=429, retry_after=int(settings.AXES_COOLOFF_TIME * 3600))


def refuse_locked_out(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware: whoever was just told to be locked out is told again without more work, however often they try."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.path == reverse(settings.LOGIN_URL):
            address = counted_address(request)
            if any(locked_out.get((address, name), 0) > time.monotonic() for name in (None, attempted_username(request))):
                return locked_page()
        return get_response(request)

    return middleware
