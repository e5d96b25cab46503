"""A project's own settings: its title, how long a response is held, and, until it has data, its seed and rubrics."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.flow.setup.projects import rubrics_of_categories
from annotation.flow.setup.values import Reader, read_lease, read_seed, read_title, read_values
from annotation.models import Event, Project, ProjectRubric, Task, User
from rubrics.versioning import freeze


def read_rubrics(value: Any) -> list[str]:
    """The names of the rubrics, each with its version."""
    if not isinstance(value, list | tuple):
        raise ValueError(_("expected a list of names"))
    return [rubric.name for rubric in rubrics_of_categories(value)]


READERS: dict[str, Reader] = {
    "title": read_title,
    "lease_minutes": read_lease,
    "seed": read_seed,
    "rubrics": read_rubrics,
}


def settings_of(project: Project) -> dict[str, Any]:
    """By name, as change_settings takes them."""
    rubrics = [link.rubric.name for link in project.project_rubrics.select_related("rubric")]
    return {
        "title": project.title,
        "lease_minutes": project.lease_minutes,
        "seed": project.seed,
        "rubrics": sorted(rubrics),
    }


def fixed_settings(project: Project) -> dict[str, str]:
    """What can no longer be changed, and why."""
    fixed = {"slug": _("It stands in addresses, commands and files that others have.")}
    if Task.objects.filter(project=project).exists():
        fixed["seed"] = _("The order of the responses that are there was drawn with it.")
        fixed["rubrics"] = _("The responses that are there are scored by them; a score belongs to its rubric's version.")
    return fixed


@transaction.atomic
def change_settings(*, project: Project, by: User | None, changes: Mapping[str, Any]) -> Project:
    """Set the named settings. Raises ValidationError, which names every fault; then none is changed."""
    stored = Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # loads, which make tasks, take turns with it
    known = {key: value for key, value in changes.items() if key in READERS}
    read, faults = read_values(known, READERS)
    unknown = _("unknown; expected %(known)s") % {"known": ", ".join(READERS)}
    faults |= dict.fromkeys(set(changes) - set(READERS), unknown)
    old, fixed = settings_of(stored), fixed_settings(stored)
    if "rubrics" in read:
        read["rubrics"] = sorted(read["rubrics"])
    changed = {key: [old[key], value] for key, value in read.items() if value != old[key]}
    faults |= {key: fixed[key] for key in changed if key in fixed}
    if faults:
        raise ValidationError(dict(sorted(faults.items())))
    if changed:
        for key, (_before, value) in changed.items():
            if key == "rubrics":
                set_rubrics(stored, value)
            else:
                setattr(stored, key, value)
        stored.save(update_fields=[key for key in changed if key != "rubrics"])
        Event.objects.create(project=stored, verb=Event.Verb.SETTINGS_CHANGED, by=by, data=changed)
    return stored


def set_rubrics(project: Project, names: Sequence[str]) -> None:
    ProjectRubric.objects.filter(project=project).delete()
    for rubric in rubrics_of_categories(names):
        freeze(rubric=rubric)
        ProjectRubric.objects.create(project=project, category=rubric.category, rubric=rubric)
