"""Changes passwords. What somebody else may have got hold of ends with it: sessions and tokens."""

import logging

from django.db import transaction

from annotation.flow.accounts.tokens import revoke_tokens
from annotation.models import User

logger = logging.getLogger("sixpoint.accounts")


@transaction.atomic
def change_password(*, user: User, password: str, keep_tokens: bool = False) -> None:
    """Set the password, which ends the person's sessions, and revoke their tokens unless they are to be kept.

    A caller that has a session of the person's may go on in it by update_session_auth_hash.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    revoked = 0 if keep_tokens else revoke_tokens(username=user.username, by=user)
    logger.info("password changed of person %s, %s tokens revoked", user.pk, revoked)
