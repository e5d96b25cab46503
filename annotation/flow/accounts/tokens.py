"""Makes tokens of the API, and revokes them: all of a person, or one. Each project of the person has an event of it."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from knox.models import AuthToken

from annotation.errors import Refused
from annotation.models import Event, Membership, Project, User

KEY = 8  # the first characters of a token, by which it is named: no secret
MOST_DAYS = 3650
MOST_OF_THEIR_OWN = 20  # that hold at one time, by those who make them for themselves


def tokens_of(people: Any) -> dict[int, list[str]]:
    """The keys of each person's tokens that have not been revoked, by the person's primary key; the newest last."""
    keys: dict[int, list[str]] = {}
    for user, key in AuthToken.objects.filter(user__in=people).order_by("created").values_list("user", "token_key"):
        keys.setdefault(user, []).append(key[:KEY])
    return keys


def live_tokens(user: User) -> QuerySet[Any]:
    tokens: QuerySet[Any] = AuthToken.objects.filter(Q(expiry=None) | Q(expiry__gte=timezone.now()), user=user)
    return tokens


@transaction.atomic
def new_token(*, user: User, days: int, by: User | None = None) -> str:
    """A token for the API. Only its digest is stored, so nobody can read it later. Deletes the person's expired tokens.

    Somebody who makes one for themselves needs the second factor that a project of theirs asks for: a token is never asked for a
    code, and would outlast the day on which they set it up. Raises Refused.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("A token is valid for 1 to %(most)s days, not for %(days)s.") % {"most": MOST_DAYS, "days": days})
    AuthToken.objects.filter(user=user, expiry__lt=timezone.now()).delete()
    if by is not None:
        refuse_own(by)
    stored, token = AuthToken.objects.create(user, expiry=timedelta(days=days))
    key = str(stored.token_key)[:KEY]
    record(user, Event.Verb.TOKEN_MADE, by, {"key": key, "days": days})
    return str(token)


def refuse_own(person: User) -> None:
    """Raises Refused where the person may not make another token."""
    if project := Project.objects.asking_for_second_factor(person).first():
        message = _(
            "Set up your second factor first: %(project)s asks its managers for one, and a token is never asked for a code."
        )
        raise Refused(message % {"project": project.title})
    if AuthToken.objects.filter(user=person).count() >= MOST_OF_THEIR_OWN:
        raise Refused(_("You have %(most)s tokens: revoke one first.") % {"most": MOST_OF_THEIR_OWN})


def record(person: User, verb: Event.Verb, by: User | None, data: dict[str, Any]) -> None:
    """An event in each project of the person."""
    data = {"username": person.username, "member": person.pk, **data}
    Event.objects.bulk_create(
        Event(project_id=project, verb=verb, by=by, data=data)
        for project in Membership.objects.of_user(person).order_by("project").values_list("project", flat=True).distinct()
    )


@transaction.atomic
def revoke_tokens(*, username: str, token: str = "", by: User | None = None) -> int:
    """Delete the person's tokens, or the one whose first characters are `token`; how many there were. Raises Refused."""
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
        record(user, Event.Verb.TOKENS_REVOKED, by, {"tokens": len(keys), "keys": keys})
    return len(keys)
