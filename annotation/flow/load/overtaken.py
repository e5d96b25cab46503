"""Whether a project changed while a load was held against it; then the load is held against it anew.

While it compares, a load keeps nobody waiting but other loads. So others may change what it has compared with: they drop a query,
change the annotators per response, or somebody is made a member. Of the first two there is an event, the third a constraint of
the database refuses.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.models import Event, Project

Report = TypeVar("Report")
MOST_TURNS = 5
OF_CONTENT = (
    Event.Verb.DROPPED,
    Event.Verb.MERGED,
    Event.Verb.RESTORED,
    Event.Verb.OVERLAP_CHANGED,
    Event.Verb.SETTINGS_CHANGED,
)


class Overtaken(Refused):
    """The content of the project changed after the load was held against it."""


def anew_if_overtaken(load: Callable[[], Report]) -> Report:
    """Do it again as long as others overtake it. Raises what `load` raises."""
    for _turn in range(MOST_TURNS - 1):
        try:
            return load()
        except (Overtaken, IntegrityError):
            continue
    return load()


def newest_event(project: Project) -> int:
    """The primary key of the newest event, when nobody is changing the project's content: later changes have greater ones."""
    with transaction.atomic():
        lock(project)
        return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def refuse_overtaken(project: Project, since: int) -> None:
    """Lock the project, in a transaction. Raises Overtaken where its content has changed since that event."""
    lock(project)
    if Event.objects.filter(project=project, verb__in=OF_CONTENT, pk__gt=since).exists():
        raise Overtaken(_("The project was changed while the file was loaded: load it again."))


def lock(project: Project) -> None:
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
