"""Keeps what is slow to compute from a project's first judgements, under all that it depends on: nothing is ever repaired."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max
from django.utils import timezone

from annotation.models import Assignment, Event, Membership, Project

FORMAT_VERSION = 2  # of what is kept; the next number when it, or how it is computed, changes
HOURS_UNTIL_EXPIRY = 24  # that something unused stays
A_MINUTE = timedelta(minutes=1)
AT_ONCE = timedelta(0)

logger = logging.getLogger(__name__)


def cached(
    project: Project, name: tuple[Any, ...], make: Callable[[], Any], *, behind: timedelta = AT_ONCE
) -> tuple[Any, datetime]:
    """What `make` gives, and of when it is: of now, or of less than `behind` ago where the project has moved on since.

    Plain values and arrays alone: they outlive a change of our classes. Two queries and a third for the names; a file is read.
    What `make` takes from here it takes at once: else what was made of older parts would be kept as if it were of now.
    """
    # the project's random key: a database that was set up anew, or that a test rolled back, has the same primary keys
    key = sha256(repr((FORMAT_VERSION, settings.VERSION, project.pseudonym_key, *name)).encode()).hexdigest()
    before, now = project_state(project), timezone.now()
    found = read_entry(key)
    if found is not None:
        of_state, made_at, value = found
        if of_state == before:
            return value, now
        if AT_ONCE <= now - made_at < behind:  # a clock may have been put back
            return value, made_at
    value = make()
    try:
        cache.set(key, (before, now, value), HOURS_UNTIL_EXPIRY * 3600)
    except OSError as error:  # the disk is full, or the folder another user's
        logger.warning("what was computed cannot be kept: %s", error)
    return value, now


def read_entry(key: str) -> Any:
    """None where nothing is kept, or nothing that can be read: a file may be damaged, another user's, or of other libraries."""
    try:
        return cache.get(key)
    except Exception as error:
        logger.warning("what is kept cannot be read and is made anew: %s", error)
        return None


def project_state(project: Project) -> tuple[Any, ...]:
    """What moves when the first judgements do: submissions, names, and the events that all other changes to a study tell."""
    submitted = Assignment.objects.filter(project=project).submitted().aggregate(Count("pk"), Max("submitted_at"))
    # counted too: the greatest key does not move when an event is committed after one that was begun later
    happened = Event.objects.filter(project=project).aggregate(Count("pk"), Max("pk"))
    names = Membership.objects.filter(project=project).order_by("user").values_list("user", "user__username")
    return (*submitted.values(), *happened.values(), *names)
