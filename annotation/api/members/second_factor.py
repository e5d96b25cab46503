"""Whether a project asks its managers for a second factor, for managers."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.flow.accounts.second_factor import ask_for_second_factor
from annotation.models import Project, Role


class SecondFactorShape(serializers.Serializer):
    second_factor = serializers.BooleanField(help_text="whether managers need one")


@extend_schema(methods=["GET"], responses={200: SecondFactorShape} | schema.HIDDEN)
@extend_schema(methods=["PATCH"], request=SecondFactorShape, responses={200: SecondFactorShape} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "PATCH"])
def second_factor(request: Request, slug: str) -> Response:
    """Whether managers need a second factor; without one the project is not there for them. For managers, who have one."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    if request.method == "PATCH":
        wanted = request.data.get("second_factor") if isinstance(request.data, dict) else None
        ask_for_second_factor(project=project, wanted=wanted, by=caller(request))  # type: ignore[arg-type]  # it checks
    return Response({"second_factor": project.second_factor})
