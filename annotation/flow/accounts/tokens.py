"""Revokes tokens of the API: all of a person, or one."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from knox.models import AuthToken

from annotation.errors import Refused
from annotation.models import Event, Membership, User

KEY = 8  # the first characters of a token, by which it is named: no secret


def tokens_of(people: Any) -> dict[int, list[str]]:
    """The keys of each person's tokens that have not been revoked, by the person's primary key; the newest last."""
    keys: dict[int, list[str]] = {}
    for user, key in AuthToken.objects.filter(user__in=people).order_by("created").values_list("user", "token_key"):
        keys.setdefault(user, []).append(key[:KEY])
    return keys


@transaction.atomic
def revoke_tokens(*, username: str, token: str = "", by: User | None = None) -> int:
    """Delete the person's tokens, or the one whose first characters are `token`; how many there were. Each project of the person
    has an event of it. Raises Refused."""
    user = User.objects.named(username).first() if "\0" not in username + token else None
    if user is None:
        raise Refused(_("username: there is no %(username)s") % {"username": username})
    tokens = AuthToken.objects.filter(user=user)
    if token:
        tokens = tokens.filter(token_key__startswith=token[:15])
        if len(token) < KEY or tokens.count() != 1:
            raise Refused(_("token: %(username)s has none that begins with %(token)s") % {"username": username, "token": token})
    keys = sorted(key[:KEY] for key in tokens.values_list("token_key", flat=True))
    tokens.delete()
    if keys:
        data = {"username": user.username, "member": user.pk, "tokens": len(keys), "keys": keys}
        Event.objects.bulk_create(
            Event(project_id=project, verb=Event.Verb.TOKENS_REVOKED, by=by, data=data)
            for project in Membership.objects.of_user(user).order_by("project").values_list("project", flat=True).distinct()
        )
    return len(keys)
