"""What a request gets while the database does not answer or is locked (503), a disk is full (507), or it comes too slowly (408).

The answer names the time to wait. This is the one place for all of them: Django asks `server_error` about each error that
nothing caught, whichever view or middleware raised it.
"""

import errno
import sys
from collections.abc import Callable, Iterator
from itertools import chain

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error as default_server_error

SLOW, BUSY, FULL = 408, 503, 507
RETRY_AFTER = {SLOW: 2, BUSY: 2, FULL: 30}  # seconds
DISK_FULL = "53100"  # PostgreSQL's code
NO_OUTAGE = "no such "  # table or column: SQLite says so of a database that is not migrated


class TooSlow(TimeoutError):
    """The rest of a long request comes more slowly than config/server/worker.py waits for it."""


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the error is handled."""
    return answer(request, sys.exc_info()[1]) or default_server_error(request)


def answer(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """What the request gets for the error; None where it is another kind of error."""
    status = next(filter(None, map(status_of, causes(error))), None)
    if status is None:
        return None
    detail = words(status)
    headers = {"Retry-After": str(RETRY_AFTER[status]), "Cache-Control": "private, no-store"}
    if wants_json(request):
        return JsonResponse({"detail": detail}, status=status, headers=headers)
    page = render_to_string(
        "unavailable.html", {"detail": detail}
    )  # without the request: its person would ask the database again
    return HttpResponse(page, status=status, headers=headers)


def words(status: int) -> str:
    if status == FULL:
        return _("The disk of the server is full: nothing was saved. Please tell the administrator of this site.")
    if status == SLOW:
        return _("The request took too long to arrive. Please try again.")
    return _("The server is busy. Please try again in a moment.")


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those during which it was raised: a session that cannot be saved raises one of its own."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def status_of(error: BaseException) -> int | None:
    if isinstance(error, UnreadablePostError | TooSlow):
        return SLOW
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    message = str(error)
    if "disk is full" in message or getattr(error.__cause__, "sqlstate", None) == DISK_FULL:
        return FULL
    return None if message.startswith(NO_OUTAGE) else BUSY


def begin_streams(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware that has the first piece of a streamed answer made before its status is sent, so that an error can change it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.streaming and not hasattr(response, "file_to_stream"):
            pieces = iter(response.streaming_content)  # type: ignore[attr-defined]
            response.streaming_content = chain([next(pieces, b"")], pieces)  # type: ignore[attr-defined]
        return response

    return middleware
