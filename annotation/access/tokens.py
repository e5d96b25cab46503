"""Authenticates a call, and a look at a picture, by its token, in one query.

knox's own class reads all tokens of the person, to delete expired ones.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed

from annotation.sql.compiled import CompiledQuery


@CompiledQuery
def tokens(digest: str) -> QuerySet[Any]:
    stored: QuerySet[Any] = AuthToken.objects.select_related("user").filter(digest=digest)
    return stored


class OneQueryTokenAuthentication(TokenAuthentication):  # type: ignore[misc]
    def authenticate_credentials(self, token: bytes) -> tuple[Any, AuthToken]:
        stored_token = tokens.first(hash_token(token.decode(errors="replace")))
        if stored_token is None or (stored_token.expiry and stored_token.expiry < timezone.now()):
            raise AuthenticationFailed(_("Invalid token."))
        user: Any = self.validate_user(stored_token)[0]
        return user, stored_token


def login_or_token_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """As login_required, for what a script fetches too: it sends its token as with a call of the API."""
    with_login = login_required(view)

    @wraps(view)
    def signed_in(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            by_token = OneQueryTokenAuthentication().authenticate(request)
        except AuthenticationFailed as error:
            refusal = HttpResponse(str(error.detail), status=401, content_type="text/plain; charset=utf-8")
            refusal["WWW-Authenticate"] = "Token"
            return refusal
        if by_token:
            request.user = by_token[0]
        return with_login(request, *args, **named)

    return signed_in


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]
    """Its description in OpenAPI: knox's own."""

    target_class = OneQueryTokenAuthentication  # type: ignore[assignment]
