"""Signs a call in by its token, in one query: at each call knox's own class reads all the person's tokens, to delete old ones."""

from typing import Any

from django.db.models import QuerySet
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
    return AuthToken.objects.select_related("user").filter(digest=digest)


class OneQueryTokenAuthentication(TokenAuthentication):
    def authenticate_credentials(self, token: bytes) -> tuple[Any, AuthToken]:
        found = tokens.first(hash_token(token.decode(errors="replace")))
        if found is None or (found.expiry and found.expiry < timezone.now()):
            raise AuthenticationFailed(_("Invalid token."))
        return self.validate_user(found)


class TokenScheme(KnoxTokenScheme):
    """How OpenAPI tells of it: as of knox's own."""

    target_class = OneQueryTokenAuthentication
