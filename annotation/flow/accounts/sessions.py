"""Where a person is signed in: read from the sessions themselves, which hold since when and in which browser.

A session is named by a digest of its key: who has the key has the session.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.models import User

SINCE, SEEN, BROWSER = "signed_in_at", "seen_at", "browser"  # what a session holds beside Django's own
ROUGHLY = timedelta(minutes=15)  # how seldom a session is written for having been seen


class SignedIn(NamedTuple):
    """The times and the browser are None in a session that began before they were recorded."""

    id: str
    since: datetime | None
    seen: datetime | None
    browser: str | None
    is_this: bool


def id_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def begin(session: SessionBase, browser: str) -> None:
    now = timezone.now().isoformat()
    session[SINCE], session[SEEN], session[BROWSER] = now, now, browser


def seen(session: SessionBase) -> None:
    """At most every quarter of an hour, and only where it was recorded when the session began."""
    last = time_of(session.get(SEEN))
    if last and timezone.now() - last > ROUGHLY:
        session[SEEN] = timezone.now().isoformat()


def time_of(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def live_sessions(user: User) -> Iterator[tuple[str, dict[str, Any]]]:
    """Key and content of each session in which the person is signed in now. One query, which reads the sessions of everybody:
    whose one is stands inside."""
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        content = row.get_decoded()
        if content.get(SESSION_KEY) == str(user.pk) and content.get(HASH_SESSION_KEY) == user.get_session_auth_hash():
            yield row.session_key, content


def sessions_of(user: User, this: str | None) -> list[SignedIn]:
    """The one that is seen now first, then the others, the newest first; `this` is the key of the one that asks, if one does."""
    rows = [
        SignedIn(id_of(key), time_of(content.get(SINCE)), time_of(content.get(SEEN)), content.get(BROWSER), key == this)
        for key, content in live_sessions(user)
    ]
    oldest = datetime.min.replace(tzinfo=timezone.get_current_timezone())
    return sorted(rows, key=lambda row: (row.is_this, row.seen or oldest), reverse=True)


@transaction.atomic
def end_sessions(*, by: User, this: str | None, only: str = "") -> int:
    """End the person's other sessions, or the one with that id; how many there were. Raises Refused where there is none."""
    keys = [key for key, _content in live_sessions(by) if (id_of(key) == only if only else key != this)]
    if only and not keys:
        raise Refused(_("This session has ended already."))
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)
