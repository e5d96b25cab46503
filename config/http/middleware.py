"""What holds for every request and answer, whichever view it is for."""

import json
import re
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_resolver, is_valid_path
from django.utils.translation import gettext as _
from rest_framework import exceptions

API = "/api/"
DETAILS = {
    error.status_code: error.default_detail
    for error in (
        exceptions.NotAuthenticated,
        exceptions.PermissionDenied,
        exceptions.NotFound,
        exceptions.NotAcceptable,
        exceptions.APIException,
    )
}
CONTROL = re.compile(r"[\0-\x1f\x7f]")

GetResponse = Callable[[HttpRequest], HttpResponse]


def private_by_default(get_response: GetResponse) -> GetResponse:
    """Nobody keeps an answer whose view did not say that it may be kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def api_errors(get_response: GetResponse) -> GetResponse:
    """Each error below /api/ is JSON, {"detail": …}: also those that Django would answer with a page, before a view or after it.

    Who leaves out the slash at an address's end is sent to it with the same method and body.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not f"{path}/".startswith(API):
            return get_response(request)
        if not path.endswith("/") and not is_valid_path(path) and is_valid_path(f"{path}/"):
            answer = HttpResponse(status=HTTPStatus.PERMANENT_REDIRECT)
            answer["Location"] = request.get_full_path(force_append_slash=True)
            return with_detail(answer, _("This address ends with a slash."))
        answer = get_response(request)
        if answer.status_code < HTTPStatus.BAD_REQUEST or answer.headers.get("Content-Type") == "application/json":
            return answer
        return with_detail(answer, str(DETAILS.get(answer.status_code, HTTPStatus(answer.status_code).phrase)))

    return middleware


def with_detail(answer: HttpResponse, detail: str) -> HttpResponse:
    answer.content = json.dumps({"detail": detail}, ensure_ascii=False).encode()
    answer["Content-Type"] = "application/json"
    answer["Content-Length"] = str(len(answer.content))
    return answer


def same_person(get_response: GetResponse) -> GetResponse:
    """A page's script says whose page it is: nothing is done in the name of somebody else who signed in since, in another tab.

    A form without a script needs none: its token ends when somebody signs in.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.headers.get("X-Person")
        if person is not None and person != str(request.user.pk):
            return HttpResponse(status=HTTPStatus.FORBIDDEN)
        return get_response(request)

    return middleware


def readable_addresses(get_response: GetResponse) -> GetResponse:
    """No row of a database has a name with control characters, and PostgreSQL refuses to look for a NUL."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if CONTROL.search(request.path_info):
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", ""):
            refused = get_resolver().resolve_error_handler(HTTPStatus.BAD_REQUEST)
            refusal: HttpResponse = refused(request, BadRequest(_("The address has a NUL character.")))  # type: ignore[call-arg]
            return refusal  # raised, it would be logged as a fault
        return get_response(request)

    return middleware
