"""Turns the flow's errors into a status code and a message."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler

from annotation.access.left import in_words, left_project
from annotation.errors import AlreadyDone, DraftConflict, NoLongerYours, Refused, ValidationError
from annotation.models import Project
from rubrics.checks import BadRubric
from rubrics.versioning import Conflict


def handle(error: Exception, context: Any) -> Response | None:
    if isinstance(error, ValidationError):
        more = {"more": error.more} if error.more else {}
        return Response({"detail": str(error), "fields": error.fields} | more, status=400)
    if isinstance(error, BadRubric):
        error = ValidationError(error.fields) if error.fields else Refused(str(error))
        return handle(error, context)
    if isinstance(error, Conflict):
        return Response({"detail": str(error)}, status=409)
    if isinstance(error, DraftConflict):
        return Response({"detail": str(error), "version": error.version, "draft": error.draft}, status=412)
    if isinstance(error, NoLongerYours | AlreadyDone):
        return Response({"detail": str(error)}, status=409)
    if isinstance(error, RequestDataTooBig):
        return Response({"detail": str(error)}, status=413)
    if isinstance(error, Refused):
        return Response({"detail": str(error)}, status=400)
    if isinstance(error, ObjectDoesNotExist):
        error = NotFound()
    answer = exception_handler(error, context)
    if answer is not None and answer.status_code == 404 and (left := left_of(context)):
        answer.data = {"detail": in_words(left)}
    return answer


def left_of(context: Any) -> Project | None:
    """The project that the caller has left and of which they ask something."""
    request = context.get("request")
    match = request and request.resolver_match
    return left_project(request.user, match.route, match.kwargs) if match else None
