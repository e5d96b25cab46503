"""What training files of a project's releases ask a scorer to answer, for managers."""

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
from annotation.flow.setup.training import FIELDS, change_training
from annotation.models import Project, Role, TemplateName


class TrainingShape(serializers.Serializer):
    template = serializers.ChoiceField(TemplateName.choices, required=False, help_text="what an answer holds")
    score_without_feedback = serializers.BooleanField(
        required=False, help_text="where no feedback fits, the overall alone; else the label is left out"
    )


@extend_schema(methods=["GET"], responses={200: TrainingShape} | schema.HIDDEN)
@extend_schema(methods=["PATCH"], request=TrainingShape, responses={200: TrainingShape} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "PATCH"])
def training(request: Request, slug: str) -> Response:
    """The template of training files; a PATCH changes what it names. For managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    if request.method == "PATCH":
        if not isinstance(request.data, dict):
            raise ValidationError({"training": _("Expected an object with the settings to change.")})
        project = change_training(project=project, by=caller(request), changes=dict(request.data))
    values: dict[str, Any] = {key: getattr(project, key) for key in FIELDS}
    return Response(values)
