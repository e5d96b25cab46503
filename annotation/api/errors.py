"""Turns the flow's errors into a status code and a message."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler

from annotation.errors import AlreadyDone, DraftConflict, NoLongerYours, Refused, ValidationError


def handle(error: Exception, context: Any) -> Response | None:
    if isinstance(error, ValidationError):
        return Response({"detail": str(error), "fields": error.fields}, status=400)
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
    return exception_handler(error, context)
