"""A person's own page: where they are signed in, and ending that."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation.errors import Refused
from annotation.flow.accounts.sessions import end_sessions, seen, sessions_of
from annotation.views.requests import UserRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sessions(request: UserRequest) -> HttpResponse:
    """A POST ends the session that it names, or all others."""
    this = request.session.session_key
    if request.method != "POST":
        return render(request, "registration/sessions.html", {"rows": sessions_of(request.user, this)})
    try:
        ended = end_sessions(by=request.user, this=this, only=request.POST.get("session", "").replace("\0", ""))
        done = ngettext("%(number)s session was ended.", "%(number)s sessions were ended.", ended) % {"number": ended}
        messages.success(request, done)
    except Refused as error:
        messages.error(request, str(error))
    return redirect("sessions")


def note_when_seen(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware: a session that an answer has looked into says when it was seen."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = get_response(request)
        if request.session.accessed and request.session.session_key:
            seen(request.session)
        return answer

    return middleware
