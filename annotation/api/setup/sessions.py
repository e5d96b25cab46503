"""A person's own sessions: in which browsers they are signed in, and ending that."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api import schema
from annotation.api.caller import caller
from annotation.errors import ValidationError
from annotation.flow.accounts.sessions import end_sessions, sessions_of


class SessionRow(serializers.Serializer):
    id = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)
    seen = serializers.DateTimeField(allow_null=True, help_text="to a quarter of an hour")
    browser = serializers.CharField(allow_null=True, allow_blank=True)
    is_this = serializers.BooleanField(help_text="false for all where the call has a token")


class EndShape(serializers.Serializer):
    session = serializers.CharField(required=False, help_text="an id; without it all sessions end but the caller's")


class EndedSessions(serializers.Serializer):
    ended = serializers.IntegerField()


@extend_schema(methods=["GET"], responses={200: SessionRow(many=True)} | schema.UNKNOWN)
@extend_schema(methods=["POST"], request=EndShape, responses={200: EndedSessions} | schema.BAD | schema.UNKNOWN)
@api_view(["GET", "POST"])
def sessions(request: Request) -> Response:
    """The caller's sessions; a POST ends one of them, or all but the one that the call comes in. Tokens stay."""
    this = request.session.session_key if request.auth is None else None
    if request.method == "GET":
        return Response([row._asdict() for row in sessions_of(caller(request), this)])
    only = request.data.get("session", "") if isinstance(request.data, dict) else ""
    if not isinstance(only, str):
        raise ValidationError({"session": _("expected an id")})
    return Response({"ended": end_sessions(by=caller(request), this=this, only=only)})
