"""Limits uploads: managers may upload files of MAX_UPLOAD_MB to their project, experts images, anybody else a small form only."""

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

from annotation.models import Project, Role
from config.http import outage
from rubrics.models import may_begin_rubrics

MAX_FORM_BYTES = 64 * 1024  # bytes of a form beside its file
LONGEST_SUFFIX = 20
MANAGERS, EXPERTS = (Role.MANAGER,), (Role.EXPERT, Role.MANAGER)
UPLOAD_VIEWS = {  # and whose uploads they take
    "material": MANAGERS,
    "api:items": MANAGERS,
    "api:scores": MANAGERS,
    "reference": EXPERTS,
    "api:reference": EXPERTS,
}
RUBRIC_VIEWS = {"rubrics:new", "rubrics:edit", "rubrics:import", "rubric-images"}  # for whoever may write rubrics


class TooLarge(RequestDataTooBig):
    """An upload that was refused before any of it was stored."""

    def __init__(self) -> None:
        super().__init__(_("file: expected at most %(most)s MB") % {"most": f"{settings.MAX_UPLOAD_MB:,}"})


class LimitedUpload(FileUploadHandler):
    """Runs before the handler that stores files, and refuses an upload before any of it is stored. Raises TooLarge."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        if content_length > (settings.MAX_UPLOAD_MB * 1024 * 1024 if self.is_allowed() else 0) + MAX_FORM_BYTES:
            raise TooLarge

    def is_allowed(self) -> bool:
        """Whether somebody uploads to one of the addresses that take files of their role for their project."""
        match, user = getattr(self.request, "resolver_match", None), getattr(self.request, "user", None)
        if match is None or user is None or not user.is_authenticated:
            return False
        if match.view_name in RUBRIC_VIEWS:
            return may_begin_rubrics(user) or user.has_perm("rubrics.change_rubric")
        if match.view_name not in UPLOAD_VIEWS:
            return False
        return Project.objects.for_member(user, *UPLOAD_VIEWS[match.view_name]).filter(slug=match.kwargs["slug"]).exists()

    def new_file(self, field_name: str, file_name: str, *args: Any, **named: Any) -> None:
        if len(PurePosixPath(file_name).suffix) > LONGEST_SUFFIX:  # more than a file system takes
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a request that cannot be read; of one that was too large it shows the limit."""
    if unavailable := outage.answer(request, exception):  # a session that could not be saved
        return unavailable
    if isinstance(exception, TooLarge | BadRequest):
        return render(request, "400.html", {"fault": str(exception)}, status=413 if isinstance(exception, TooLarge) else 400)
    return bad_request(request, exception)
