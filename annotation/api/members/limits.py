"""What a member may score, for managers."""

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
from annotation.flow.leave import membership_of
from annotation.flow.limits import MOST_PER_DAY, change_limits, limits_of
from annotation.models import Project, Role


class LimitsShape(serializers.Serializer):
    categories = serializers.ListField(child=serializers.CharField(), required=False, help_text="none: all categories")
    languages = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="none: all languages; queries of none come to everybody"
    )
    systems = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="that the person is tied to, and is never shown"
    )
    most_per_day = serializers.IntegerField(
        min_value=1, max_value=MOST_PER_DAY, allow_null=True, required=False, help_text="responses; a day begins at midnight UTC"
    )


@extend_schema(methods=["GET"], responses={200: LimitsShape} | schema.BAD | schema.HIDDEN)
@extend_schema(methods=["PATCH"], request=LimitsShape, responses={200: LimitsShape} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "PATCH"])
def limits(request: Request, slug: str, username: str) -> Response:
    """What the member may score; a PATCH changes those limits that it names. For managers."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    now = limits_of(membership_of(username, project).user, project)._asdict()
    if request.method == "GET":
        return Response(now)
    if not isinstance(request.data, dict) or set(request.data) - set(now):
        raise ValidationError({"limits": _("expected an object of categories, languages, systems and most_per_day")})
    changes = now | dict(request.data)
    return Response(change_limits(username=username, project=project, by=caller(request), **changes)._asdict())
