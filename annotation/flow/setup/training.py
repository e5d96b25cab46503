"""What the training files of a project's releases ask a scorer to answer."""

import copy
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.models import Event, Project, User

FIELDS = ("template", "score_without_feedback")


@transaction.atomic
def change_training(*, project: Project, by: User | None, changes: Mapping[str, Any]) -> Project:
    """Set the named fields. Raises ValidationError, which names every fault; then none is changed."""
    stored = Project.objects.select_for_update().get(pk=project.pk)
    new = changed_training(stored, changes)
    changed = {key: [getattr(stored, key), getattr(new, key)] for key in FIELDS if getattr(new, key) != getattr(stored, key)}
    if changed:
        new.save(update_fields=list(changed))
        Event.objects.create(project=new, verb=Event.Verb.TEMPLATE_CHANGED, by=by, data=changed)
    return new


def changed_training(project: Project, changes: Mapping[str, Any]) -> Project:
    """The project with these settings, unsaved: for a preview. Raises ValidationError."""
    faults = {key: _("unknown; expected %(known)s") % {"known": ", ".join(FIELDS)} for key in set(changes) - set(FIELDS)}
    new = copy.copy(project)
    for key in set(changes) & set(FIELDS):
        try:
            field: Any = Project._meta.get_field(key)
            setattr(new, key, field.clean(changes[key], new))
        except DjangoValidationError as error:
            faults[key] = " ".join(error.messages)
    if faults:
        raise ValidationError(dict(sorted(faults.items())))
    return new
