"""Making a project, and what it still needs before its first scores."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.errors import ValidationError
from annotation.flow.setup.settings import READERS, change_settings, fixed_settings, settings_of
from annotation.flow.setup.steps import steps_of
from annotation.models import Project, Role

NEW = ("slug", "title", "rubrics", "overlap", "seed", "larger_share", "larger_overlap")


class OverlapShape(serializers.Serializer):
    overlap = serializers.IntegerField(min_value=1, help_text="annotators per response")
    larger_share = serializers.FloatField(min_value=0, max_value=1, required=False, help_text="of the responses have more")
    larger_overlap = serializers.IntegerField(min_value=2, allow_null=True, required=False, help_text="annotators of these")


class NewProject(OverlapShape):
    slug = serializers.CharField()
    title = serializers.CharField(required=False)
    rubrics = serializers.ListField(child=serializers.CharField(), help_text="SLUG or SLUG@VERSION, one per category")
    seed = serializers.IntegerField(min_value=0, required=False)


class CreatedProject(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    role = serializers.CharField()


class Settings(serializers.Serializer):
    title = serializers.CharField(required=False)
    lease_minutes = serializers.IntegerField(min_value=1, required=False, help_text="until an untouched response is free")
    seed = serializers.IntegerField(min_value=0, required=False, help_text="only until the project has responses")
    rubrics = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="SLUG@VERSION; only until the project has responses"
    )


class AllSettings(Settings):
    slug = serializers.CharField()
    overlap = serializers.IntegerField()
    larger_share = serializers.FloatField()
    larger_overlap = serializers.IntegerField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    archived_at = serializers.DateTimeField(allow_null=True)
    fixed = serializers.DictField(child=serializers.CharField(), help_text="what can no longer be changed, and why")


class StepRow(serializers.Serializer):
    step = serializers.CharField(help_text="rubrics, data, people, rules or start")
    done = serializers.BooleanField()
    state = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField())
    hints = serializers.ListField(child=serializers.CharField())


def project_of(request: Request, slug: str) -> Project:
    return get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)


def body_of(data: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """What was sent. Raises ValidationError for anything but an object with some of the names."""
    if not isinstance(data, dict):
        raise ValidationError({"body": _("Expected an object.")})
    if unknown := sorted(set(data) - set(names)):
        raise ValidationError(dict.fromkeys(unknown, _("unknown; expected %(known)s") % {"known": ", ".join(names)}))
    return dict(data)


def posted_project(data: Any) -> dict[str, Any]:
    """The arguments of create_project. Raises ValidationError."""
    body = body_of(data, NEW)
    rubrics = body.get("rubrics")
    if not isinstance(rubrics, list):
        raise ValidationError({"rubrics": _("Expected a list of names.")})
    return {"slug": "", **body}


@extend_schema(responses={200: StepRow(many=True)} | schema.HIDDEN)
@api_view(["GET"])
def steps(request: Request, slug: str) -> Response:
    """The steps from a new project to its first scores, and what of each is missing. For managers."""
    return Response([step.as_dict() for step in steps_of(project_of(request, slug))])


@extend_schema(methods=["GET"], responses={200: AllSettings} | schema.HIDDEN)
@extend_schema(methods=["PATCH"], request=Settings, responses={200: AllSettings} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "PATCH"])
def settings(request: Request, slug: str) -> Response:
    """The project's own settings; a PATCH changes those that it names. For managers."""
    project = project_of(request, slug)
    if request.method == "PATCH":
        project = change_settings(project=project, by=caller(request), changes=body_of(request.data, tuple(READERS)))
    return Response(all_settings(project))


def all_settings(project: Project) -> dict[str, Any]:
    return settings_of(project) | {
        "slug": project.slug,
        "overlap": project.overlap,
        "larger_share": project.larger_share,
        "larger_overlap": project.larger_overlap,
        "closed_at": project.closed_at,
        "archived_at": project.archived_at,
        "fixed": fixed_settings(project),
    }
