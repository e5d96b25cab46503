"""Makes a project like another one: rubrics, settings, rules and types of errors, but no people, data or scores."""

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from annotation.errors import ValidationError, quoted
from annotation.flow.setup.projects import add_member
from annotation.flow.setup.values import NEW_PROJECT, read_values
from annotation.models import ErrorType, Event, Project, Role, Rules, User, Workspace
from annotation.models.projects import random_key

Row = TypeVar("Row", bound=Model)


def cloned(row: Row, **changes: Any) -> Row:
    """The row once more, unsaved, with other values for these fields."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = {field.attname: getattr(row, field.attname) for field in fields}
    for name in changes:
        values.pop(row._meta.get_field(name).attname, None)  # type: ignore[union-attr]
    return type(row)(**values, **changes)


@transaction.atomic
def copy_project(*, source: Project, slug: str, title: str = "", by: User | None = None) -> Project:
    """Who copies it on a page or by API (`by`) becomes the manager of the copy. Raises ValidationError."""
    read, faults = read_values({"slug": slug, "title": title or slug}, NEW_PROJECT)
    if "slug" in read and Project.objects.filter(slug=slug).exists():
        faults["slug"] = _("%(slug)s exists already") % {"slug": quoted(slug)}
    if faults:
        raise ValidationError(faults)
    own = {"pseudonym_key": random_key(), "closed_at": None, "archived_at": None}
    copy = cloned(Project.objects.get(pk=source.pk), **read, **own)
    copy.save()
    for link in source.project_rubrics.all():
        cloned(link, project=copy).save()
    for error_type in ErrorType.objects.offered(source):
        cloned(error_type, project=copy).save()
    cloned(Workspace.objects.get(project=source), project=copy).save()
    cloned(Rules.objects.get(project=source), project=copy).save()
    Event.objects.create(project=copy, verb=Event.Verb.PROJECT_COPIED, by=by, data={"source": source.slug})
    if by:
        add_member(username=by.username, project=copy, role=Role.MANAGER, by=by)
    return copy
