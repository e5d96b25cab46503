"""Closes a project, so that nobody gets another response to score, and archives it: off the lists, and read only. Both can be
undone."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation.errors import AlreadyDone, Refused
from annotation.flow.score.giving_back import give_back_slots
from annotation.models import Assignment, Event, Project, User

Verb = Event.Verb


@transaction.atomic
def close_project(*, project: Project, by: User | None = None) -> Project:
    """Hand out no more responses; what people hold they can still submit. Raises AlreadyDone."""
    stored = locked(project)
    if stored.closed_at:
        raise AlreadyDone(_("The project is closed already."))
    stored.closed_at = timezone.now()
    return saved(stored, Verb.CLOSED, by)


@transaction.atomic
def open_project(*, project: Project, by: User | None = None) -> Project:
    """Raises AlreadyDone, and Refused for an archived project."""
    stored = locked(project)
    if not stored.closed_at:
        raise AlreadyDone(_("The project is open already."))
    if stored.archived_at:
        raise Refused(_("The project is archived: take it back from the archive first."))
    stored.closed_at = None
    return saved(stored, Verb.OPENED, by)


@transaction.atomic
def archive_project(*, project: Project, by: User | None = None) -> Project:
    """Also closes it, and gives back what people hold beyond their time. Raises AlreadyDone, and Refused while somebody has a
    response open."""
    stored = locked(project)
    if stored.archived_at:
        raise AlreadyDone(_("The project is archived already."))
    held = Assignment.objects.held().filter(project=stored)
    if number := held.filter(lease_expires_at__gte=Now()).count():
        told = ngettext(
            "%(number)s response is open in somebody's hands. Close the project first, and archive it when that is done.",
            "%(number)s responses are open in somebody's hands. Close the project first, and archive it when these are done.",
            number,
        )
        raise Refused(told % {"number": number})
    give_back_slots(held, by)
    stored.archived_at = timezone.now()
    stored.closed_at = stored.closed_at or stored.archived_at
    return saved(stored, Verb.ARCHIVED, by)


@transaction.atomic
def unarchive_project(*, project: Project, by: User | None = None) -> Project:
    """It stays closed. Raises AlreadyDone."""
    stored = locked(project)
    if not stored.archived_at:
        raise AlreadyDone(_("The project is not archived."))
    stored.archived_at = None
    return saved(stored, Verb.UNARCHIVED, by)


ACTIONS = {"close": close_project, "open": open_project, "archive": archive_project, "unarchive": unarchive_project}


def locked(project: Project) -> Project:
    return Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def saved(project: Project, verb: Event.Verb, by: User | None) -> Project:
    project.save(update_fields=["closed_at", "archived_at"])
    Event.objects.create(project=project, verb=verb, by=by)
    return project
