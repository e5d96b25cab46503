"""What holds for every call, whichever view it is for."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from annotation.access.archived import archived_project, in_words
from annotation.errors import AlreadyDone


class ReadOnlyArchive(BasePermission):
    """An archived project can only be read: 409."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if project := archived_project(request.user, request.method, request.resolver_match):
            raise AlreadyDone(in_words(project))
        return True
