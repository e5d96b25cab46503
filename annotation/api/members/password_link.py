"""A link by which a member who forgot their password sets a new one, for managers."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.flow.accounts.password_links import make_password_link
from annotation.models import Project, Role


class MadePasswordLink(serializers.Serializer):
    username = serializers.CharField()
    link = serializers.CharField(help_text="only here: it is not stored")
    expires_at = serializers.DateTimeField()


@extend_schema(request=None, responses={201: MadePasswordLink} | schema.BAD | schema.HIDDEN)
@api_view(["POST"])
def make(request: Request, slug: str, username: str) -> Response:
    """Make a link by which a member sets a new password. For managers, of members who reach nothing that they do not manage."""
    project = get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)
    row, token = make_password_link(username=username, project=project, by=caller(request))
    link = request.build_absolute_uri(reverse("password-link", args=[token]))
    return Response({"username": row.user.username, "link": link, "expires_at": row.expires_at}, status=201)
