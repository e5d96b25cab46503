"""Invitations by link, for managers; whoever has a link accepts it with their own account, or makes one."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.access.throttle import UNKNOWN_LINK, count, is_locked
from annotation.api import schema
from annotation.api.caller import caller
from annotation.errors import ValidationError
from annotation.fields import is_text
from annotation.flow.accounts.invitations import LONGEST_DAYS, MOST_USES, accept_invitation, invite, join, withdraw_invitation
from annotation.flow.accounts.mail import mail_invitation
from annotation.models import Invitation, Project, Role

NAMES = ("role", "email", "uses", "days")
LONGEST_PASSWORD = 4_096  # as Django takes them


class NewInvitation(serializers.Serializer):
    role = serializers.ChoiceField(Role.choices)
    email = serializers.EmailField(required=False, allow_blank=True, help_text="the link is sent there as well")
    uses = serializers.IntegerField(min_value=1, max_value=MOST_USES, default=1, help_text="how many people may accept")
    days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS, default=14, help_text="until it expires")


class InvitationRow(serializers.Serializer):
    id = serializers.IntegerField()
    role = serializers.ChoiceField(Role.choices)
    email = serializers.CharField(allow_blank=True)
    uses = serializers.IntegerField()
    accepted = serializers.IntegerField(help_text="by how many people")
    expires_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class MadeInvitation(InvitationRow):
    link = serializers.CharField(help_text="only here: it is not stored")
    mailed = serializers.BooleanField()


class AcceptShape(serializers.Serializer):
    token = serializers.CharField(help_text="the last part of the link's address")


class JoinShape(AcceptShape):
    username = serializers.CharField()
    password = serializers.CharField(write_only=True)


class AcceptedInvitation(serializers.Serializer):
    project = serializers.CharField()
    role = serializers.ChoiceField(Role.choices)


class JoinedProject(AcceptedInvitation):
    username = serializers.CharField()


def project_of(request: Request, slug: str) -> Project:
    return get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)


def row_of(invitation: Any, accepted: int) -> dict[str, Any]:
    names = ("role", "email", "uses", "expires_at", "withdrawn_at")
    return {"id": invitation.pk, "accepted": accepted} | {name: getattr(invitation, name) for name in names}


@extend_schema(methods=["GET"], responses={200: InvitationRow(many=True)} | schema.HIDDEN)
@extend_schema(methods=["POST"], request=NewInvitation, responses={201: MadeInvitation} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "POST"])
def listing(request: Request, slug: str) -> Response:
    """The invitations that can still be accepted; a POST makes one, and answers with its link. For managers."""
    project = project_of(request, slug)
    if request.method == "GET":
        rows: Any = Invitation.objects.open().filter(project=project)
        return Response([row_of(row, row.accepted) for row in rows])
    body = request.data if isinstance(request.data, dict) else {}
    sent = {"role": ""} | {name: body[name] for name in NAMES if name in body}
    invitation, token = invite(project=project, by=caller(request), **sent)
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    told = {"email": invitation.email, "project": project.title, "role": invitation.get_role_display(), "link": link}
    mailed = bool(invitation.email) and mail_invitation(**told)
    return Response(row_of(invitation, 0) | {"link": link, "mailed": mailed}, status=201)


@extend_schema(request=None, responses={200: InvitationRow} | schema.BAD | schema.HIDDEN)
@api_view(["POST"])
def withdraw(request: Request, slug: str, pk: int) -> Response:
    """Withdraw an invitation: its link no longer works. For managers."""
    try:
        invitation = withdraw_invitation(project=project_of(request, slug), invitation=pk, by=caller(request))
    except Invitation.DoesNotExist:
        raise Http404 from None
    return Response(row_of(invitation, invitation.acceptances.count()))


@extend_schema(request=AcceptShape, responses={200: AcceptedInvitation} | schema.BAD | schema.UNKNOWN | schema.LOCKED)
@api_view(["POST"])
def accept(request: Request) -> Response:
    """Accept an invitation with one's own account."""
    membership = accept_invitation(token=known_token(request), by=caller(request))
    return Response({"project": membership.project.slug, "role": membership.role})


@extend_schema(request=JoinShape, auth=[], responses={201: JoinedProject} | schema.BAD | schema.LOCKED)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([])
def join_project(request: Request) -> Response:
    """Make an account with the link of an invitation, and accept with it: for people who have none. Nobody is signed in by it."""
    token = known_token(request)
    body = request.data
    faults = {name: _("expected a text") for name in ("username", "password") if not is_text(body.get(name), LONGEST_PASSWORD)}
    if faults:
        raise ValidationError(faults)
    membership = join(token=token, username=body["username"], password=body["password"], repeated=body["password"])
    told = {"username": membership.user.username, "project": membership.project.slug, "role": membership.role}
    return Response(told, status=201)


def known_token(request: Request) -> str:
    """That of the body. One that nobody made counts as a failure to sign in; raises Throttled where there were too many."""
    token = request.data.get("token") if isinstance(request.data, dict) else None
    if not is_text(token, 200):
        raise ValidationError({"token": _("expected the last part of the link's address")})
    if is_locked(request._request, UNKNOWN_LINK):
        raise Throttled(wait=settings.AXES_COOLOFF_TIME * 3600)
    if not Invitation.objects.of_token(token).exists():
        count(request._request, UNKNOWN_LINK)
    return str(token)
