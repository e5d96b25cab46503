"""Who takes part in a project, for its managers: add people, change roles, end memberships, revoke tokens."""

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
from annotation.errors import Refused, ValidationError
from annotation.flow.accounts.tokens import revoke_tokens, tokens_of
from annotation.flow.leave import end_member, membership_of
from annotation.flow.setup.projects import add_member
from annotation.flow.shown import count_shown, shown_in_words
from annotation.models import CohortMember, Membership, Participation, Project, Role


class MemberRow(serializers.Serializer):
    username = serializers.CharField()
    role = serializers.ChoiceField(Role.choices, allow_null=True, help_text="the main one; null where the membership has ended")
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices), help_text="all of them, the main one first")
    added_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    cohort = serializers.CharField(allow_blank=True, help_text="empty: in none")
    tokens = serializers.ListField(child=serializers.CharField(), help_text="the first 8 characters of each API token")


class MemberShape(serializers.Serializer):
    username = serializers.CharField()
    role = serializers.ChoiceField(Role.choices)
    also = serializers.ListField(
        child=serializers.ChoiceField(Role.choices), required=False, help_text="further roles; those not named are taken"
    )


class ChangedMember(serializers.Serializer):
    username = serializers.CharField()
    role = serializers.ChoiceField(Role.choices, help_text="the main one")
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices), help_text="all of them, the main one first")
    shown = serializers.IntegerField(help_text="responses that an annotator has not judged, and was shown others' scores of")
    notice = serializers.CharField(allow_blank=True, help_text="what that means, in words")


class TokenShape(serializers.Serializer):
    token = serializers.CharField(required=False, help_text="the first 8 characters of one token; without it all are revoked")


class RevokedTokens(serializers.Serializer):
    username = serializers.CharField()
    revoked = serializers.IntegerField()


def project_of(request: Request, slug: str) -> Project:
    return get_object_or_404(Project.objects.for_member(request.user, Role.MANAGER), slug=slug)


def text_of(body: Any, name: str) -> str:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValidationError({name: _("Expected a text.")})
    return value


@extend_schema(methods=["GET"], responses={200: MemberRow(many=True)} | schema.HIDDEN)
@extend_schema(methods=["POST"], request=MemberShape, responses={200: ChangedMember} | schema.BAD | schema.HIDDEN)
@api_view(["GET", "POST"])
def listing(request: Request, slug: str) -> Response:
    """Those who take part and those who did; a POST gives somebody a role, or several, in the place of those that they had. For
    managers.

    Of somebody who becomes an annotator the answer says how many responses they were shown others' scores of: judgements that
    they make of these do not count as independent.
    """
    project = project_of(request, slug)
    if request.method == "GET":
        return Response(list(map(row_of, *rows(project))))
    username, role = (text_of(request.data, name) for name in ("username", "role"))
    also = request.data.get("also", [])
    if not isinstance(also, list) or not all(isinstance(name, str) for name in also):
        raise ValidationError({"also": _("Expected a list of texts.")})
    membership = add_member(username=username, project=project, role=role, also=also, by=caller(request))
    shown = count_shown(membership.user, project) if Role.ANNOTATOR in membership.roles else 0
    notice = shown_in_words(membership.user, shown)
    roles = {"role": membership.role, "roles": membership.roles}
    return Response({"username": username} | roles | {"shown": shown, "notice": notice})


def rows(project: Project) -> tuple[list[Any], list[Any], list[str], list[list[str]]]:
    """Everybody who took part, by username, each with the membership, if there is one, the cohort and the tokens."""
    people = list(Participation.objects.filter(project=project).select_related("user").order_by("user__username"))
    memberships = {member.user_id: member for member in Membership.objects.in_project(project).whole()}
    tokens, cohorts = tokens_of(memberships), CohortMember.objects.names(project)
    return (
        people,
        [memberships.get(person.user_id) for person in people],
        [cohorts.get(person.user_id, "") for person in people],
        [tokens.get(person.user_id, []) for person in people],
    )


def row_of(person: Participation, membership: Membership | None, cohort: str, tokens: list[str]) -> dict[str, Any]:
    return {
        "username": person.user.username,
        "role": membership and membership.role,
        "roles": membership.roles if membership else [],
        "added_at": membership and membership.added_at,
        "ended_at": person.ended_at,
        "cohort": cohort,
        "tokens": tokens,
    }


@extend_schema(request=None, responses={200: MemberRow} | schema.BAD | schema.HIDDEN)
@api_view(["POST"])
def end(request: Request, slug: str, username: str) -> Response:
    """End the membership: what the person holds goes back, what they submitted stays and counts. The last manager stays."""
    project = project_of(request, slug)
    participation = end_member(username=username, project=project, by=caller(request))
    cohort = CohortMember.objects.names(project).get(participation.user_id, "")
    return Response(row_of(participation, None, cohort, []))


@extend_schema(request=TokenShape, responses={200: RevokedTokens} | schema.BAD | schema.HIDDEN)
@api_view(["POST"])
def revoke(request: Request, slug: str, username: str) -> Response:
    """Revoke the API tokens of a member, or one of them; they are the person's, and end in all projects. For managers."""
    membership_of(username, project_of(request, slug))  # of nobody else
    token = request.data.get("token", "") if isinstance(request.data, dict) else ""
    if not isinstance(token, str):
        raise Refused(_("token: expected the first characters of one"))
    return Response({"username": username, "revoked": revoke_tokens(username=username, token=token, by=caller(request))})
