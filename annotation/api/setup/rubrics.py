"""A project's move to a later version of one of its rubrics, for managers."""

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
from annotation.flow.judgements.other_rule import overalls_by
from annotation.flow.setup.rubrics import Move, move_to, next_versions, plan_move
from annotation.models import Project, Role
from rubrics.models import Rubric


class RubricsShape(serializers.Serializer):
    rubrics = serializers.ListField(child=serializers.CharField(), help_text="every version that the project has")
    next = serializers.ListField(child=serializers.CharField(), help_text="the versions to which it could move")


class MoveBody(serializers.Serializer):
    rubric = serializers.CharField(help_text="as in mmie-pbl@2")
    dry_run = serializers.BooleanField(required=False, default=False, help_text="only say what would move")


class OverallsShape(serializers.Serializer):
    judgements = serializers.IntegerField()
    unscored = serializers.ListField(child=serializers.CharField(), help_text="criteria of the next version that nobody scored")
    changed = serializers.IntegerField(allow_null=True)
    lost = serializers.IntegerField(allow_null=True, help_text="have no overall by the other rule")
    mean_change = serializers.FloatField(allow_null=True)
    largest_change = serializers.FloatField(allow_null=True)


class MoveShape(serializers.Serializer):
    to = serializers.CharField()
    comparable = serializers.BooleanField(help_text="whether wording alone differs")
    moving = serializers.IntegerField(help_text="tasks that nobody has begun")
    begun = serializers.IntegerField(help_text="tasks that stay under their version until they are done, and after")
    done = serializers.IntegerField()
    moved = serializers.BooleanField()
    overalls = OverallsShape(help_text="the first judgements, by the rule of the next version; they stay as they are")

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python."""
        return {"from": serializers.CharField()} | super().get_fields()


def project_of(request: Request, slug: str) -> Project:
    return get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)


@extend_schema(responses={200: RubricsShape} | schema.HIDDEN)
@api_view(["GET"])
def listing(request: Request, slug: str) -> Response:
    """The versions of rubrics that the project has, and those to which it could move. For managers."""
    project = project_of(request, slug)
    used = [rubric.name for rubric in project.rubrics.order_by("category", "slug", "-version")]
    return Response({"rubrics": used, "next": [rubric.name for rubric in next_versions(project)]})


@extend_schema(request=MoveBody, responses={200: MoveShape} | schema.BAD | schema.HIDDEN)
@api_view(["POST"])
def move(request: Request, slug: str) -> Response:
    """Judge what nobody has begun, and what is loaded from now on, with a later version. For managers."""
    project = project_of(request, slug)
    body = request.data if isinstance(request.data, dict) else {}
    rubric, dry_run = body.get("rubric"), body.get("dry_run", False)
    if not isinstance(rubric, str) or not rubric or "\0" in rubric:
        raise ValidationError({"rubric": _("Expected a text.")})
    if not isinstance(dry_run, bool):
        raise ValidationError({"dry_run": _("Expected true or false.")})
    if dry_run:
        return Response(answer(project, plan_move(project=project, rubric=rubric), moved=False))
    return Response(answer(project, move_to(project=project, rubric=rubric, by=caller(request)), moved=True))


def answer(project: Project, done: Move, *, moved: bool) -> dict[str, Any]:
    new = Rubric.objects.with_content().get(pk=done.new.pk)
    overalls = overalls_by(project, old=done.old, new=new).as_dict()
    names = {"from": done.old.name, "to": done.new.name, "comparable": done.is_comparable}
    return names | done.counts() | {"moved": moved, "overalls": overalls}
