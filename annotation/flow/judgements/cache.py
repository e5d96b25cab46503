"""Keeps what is slow to compute from a project's judgements, under all that it depends on: nothing is ever repaired."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils import timezone

from annotation.models import Assignment, Event, Participation, Project, Revision

FORMAT_VERSION = 7  # of the cached values; increased when they, or how they are computed, change
HOURS_UNTIL_EXPIRY = 24  # of an entry that nobody reads
# events that no cached value depends on
WITHOUT_CONSEQUENCE = (
    Event.Verb.CASE_CLAIMED,
    Event.Verb.CASE_SCORED_BLIND,
    Event.Verb.CASE_SKIPPED,
    Event.Verb.CASE_HANDED_OVER,
    Event.Verb.CASE_TAKEN_BACK,
    Event.Verb.CASE_LAPSED,
    Event.Verb.COMMENTED,
    Event.Verb.DESCRIPTOR_DRAFTED,
    Event.Verb.EXPORTED,
)
A_MINUTE = timedelta(minutes=1)
AT_ONCE = timedelta(0)

logger = logging.getLogger(__name__)


class ProjectCache:
    """Cached values of a project, each valid for the state that the project was in when this object was made.

    Making it takes four queries. Make one for each answer and pass it on: values that are computed
    from each other are then of one state.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.scores_state, self.state = project_states(project)
        self.now = timezone.now()

    def get(
        self,
        name: tuple[Any, ...],
        make: Callable[[], Any],
        *,
        behind: timedelta = AT_ONCE,
        state: tuple[Any, ...] | None = None,
    ) -> tuple[Any, datetime]:
        """The value that `make` computes, and the time that it is of: now, or less than `behind` ago where the project has
        changed since. `state` is what the value depends on, where that is less than everything that happens in the project.

        `make` returns plain values and arrays alone: they outlive a change of our classes. What it takes from this cache it
        takes without `behind`: a value that was computed from older ones would else be stored as one of now.
        """
        # the project's random key: a database that was set up anew, or that a test rolled back, has the same primary keys
        state = self.state if state is None else state
        key = sha256(repr((FORMAT_VERSION, settings.VERSION, self.project.pseudonym_key, *name)).encode()).hexdigest()
        entry = read_entry(key)
        if entry is not None:
            made_in, made_at, value = entry
            if made_in == state:
                return value, self.now
            if AT_ONCE <= self.now - made_at < behind:  # a clock may have been put back
                return value, made_at
        value = make()
        try:
            cache.set(key, (state, self.now, value), HOURS_UNTIL_EXPIRY * 3600)
        except OSError as error:  # the disk is full, or the folder another user's
            logger.warning("a computed value cannot be cached: %s", error)
        return value, self.now


def read_entry(key: str) -> Any:
    """None where there is no entry, or none that can be read: a file may be damaged, another user's, or of other libraries."""
    try:
        return cache.get(key)
    except Exception as error:
        logger.warning("a cached value cannot be read and is computed anew: %s", error)
        return None


def project_states(project: Project) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """What changes whenever the scores do: submissions, names, which judgements are not independent, and the events that record
    every other change to a study; then what changes with the events of adjudication too, of which there are many while
    adjudicators work."""
    submitted = Assignment.objects.filter(project=OuterRef("pk")).submitted().order_by()
    # each from the index alone: one aggregate of both would read every slot
    number = submitted.values("project").annotate(number=Count("*")).values("number")
    last = submitted.order_by("-submitted_at").values("submitted_at")[:1]
    submissions = Project.objects.filter(pk=project.pk).values_list(Subquery(number), Subquery(last)).get()
    of_scores = ~Q(verb__in=Event.OF_CASES)
    # counted too: the greatest key does not change when an event is committed after one that was begun later
    events = (
        Event.objects.filter(project=project)
        .exclude(verb__in=WITHOUT_CONSEQUENCE)
        .aggregate(
            scores=Count("pk", filter=of_scores), last_of_scores=Max("pk", filter=of_scores), all=Count("pk"), last=Max("pk")
        )
    )
    names = Participation.objects.filter(project=project).order_by("user").values_list("user", "user__username")
    informed = tuple(Revision.objects.informed(project).order_by("pk").values_list("pk", flat=True))
    state = (*submissions, events["scores"], events["last_of_scores"], informed, *names)
    return state, (*state, events["all"], events["last"])
