"""What each role may do in a project, for its members."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.rights import rights_in
from annotation.api import schema
from annotation.api.caller import caller
from annotation.models import Membership, Project


class RightShape(serializers.Serializer):
    right = serializers.CharField(help_text="in the caller's language")
    roles = serializers.ListField(child=serializers.CharField(), help_text="annotator, adjudicator, expert or manager")
    yours = serializers.BooleanField(help_text="whether one of the caller's roles is among them")


@extend_schema(responses={200: RightShape(many=True)} | schema.HIDDEN)
@api_view(["GET"])
def rights(request: Request, slug: str) -> Response:
    """What may be done in the project, by which roles, and whether by the caller."""
    project = get_object_or_404(Project.objects.for_member(request.user), slug=slug)
    own = set(Membership.objects.of_user(caller(request)).filter(project=project).values_list("role", flat=True))
    return Response(
        [
            {"right": str(right.words), "roles": sorted(right.roles), "yours": not own.isdisjoint(right.roles)}
            for right in rights_in(project)
        ]
    )
