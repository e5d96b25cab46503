"""Make a person anonymous, for managers."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.flow.anonymise import anonymise
from annotation.models import Project, Role


class AnonymousPerson(serializers.Serializer):
    username = serializers.CharField(help_text="the neutral one")


@extend_schema(request=None, responses={200: AnonymousPerson} | schema.BAD | schema.HIDDEN)
@api_view(["POST"])
def make(request: Request, slug: str, username: str) -> Response:
    """Replace the person's names by a neutral one, for good, and end their memberships; their work and pseudonym stay. For
    managers, of people who take or took part only where the caller manages."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    return Response({"username": anonymise(username=username, project=project, by=caller(request)).username})
