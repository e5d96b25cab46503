"""Copying, closing and archiving a project, for managers' scripts."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.membership import refuse_unless_creator
from annotation.api import schema
from annotation.api.caller import caller
from annotation.api.load import job_content
from annotation.api.setup.projects import CreatedProject, all_settings, body_of, project_of
from annotation.errors import ValidationError
from annotation.flow.closing import ACTIONS
from annotation.flow.jobs.queue import start_copy
from annotation.models import Role


class StateShape(serializers.Serializer):
    closed_at = serializers.DateTimeField(allow_null=True)
    archived_at = serializers.DateTimeField(allow_null=True)


class ActionShape(serializers.Serializer):
    action = serializers.ChoiceField(list(ACTIONS))


class CopyShape(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField(required=False)
    data = serializers.BooleanField(  # type: ignore[assignment]
        required=False, help_text="with queries, reference answers, responses and images"
    )


class CopiedProject(CreatedProject):
    job = schema.Job(allow_null=True)


CLOSED_ALREADY = {409: OpenApiResponse(schema.Error, "it is so already")}


@extend_schema(request=ActionShape, responses={200: StateShape} | schema.BAD | schema.HIDDEN | CLOSED_ALREADY)
@api_view(["POST"])
def state(request: Request, slug: str) -> Response:
    """Close or archive the project, or undo it. For managers."""
    project = project_of(request, slug)
    action = body_of(request.data, ("action",)).get("action")
    if not isinstance(action, str) or action not in ACTIONS:
        raise ValidationError({"action": _("expected one of %(known)s") % {"known": ", ".join(ACTIONS)}})
    settings = all_settings(ACTIONS[action](project=project, by=caller(request)))
    return Response({name: settings[name] for name in ("closed_at", "archived_at")})


@extend_schema(request=CopyShape, responses={201: CopiedProject} | schema.BAD | schema.HIDDEN)
@api_view(["POST"])
def copy(request: Request, slug: str) -> Response:
    """Copy the project without its people and scores; with `data` a job copies what is judged. For managers who may create
    projects."""
    source = project_of(request, slug)
    refuse_unless_creator(request.user)
    body = body_of(request.data, ("slug", "title", "data"))
    data = body.pop("data", False)
    if not isinstance(data, bool):
        raise ValidationError({"data": _("Expected true or false.")})
    made, job = start_copy(source=source, slug=body.get("slug", ""), title=body.get("title", ""), data=data, by=caller(request))
    content = {"slug": made.slug, "title": made.title, "role": Role.MANAGER, "job": job and job_content(job)}
    return Response(content, status=201)
