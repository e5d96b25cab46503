"""A project's annotation settings: what the annotators' page asks for and shows, and the error types."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from annotation.errors import ValidationError
from annotation.models import ErrorType, Event, Project, User, Workspace

# MMIE, section 5: errors of temporal understanding, and of reasoning. A project starts with them and may replace them.
MMIE_ERRORS = [
    ("cross-modality-coherence", "Cross-modality coherence", "Temporal understanding: text and images do not tell one story."),
    (
        "generation-adaptability",
        "Generation adaptability",
        "Temporal understanding: it does not follow what came before.",
    ),
    ("multimodal-information", "Multimodal information understanding", "Reasoning: what text or image says was misread."),
    ("complex-reasoning", "Complex reasoning", "Reasoning: a step is wrong, missing, or does not follow."),
]
FIELDS = ("feedback", "confidence", "overall_shown", "ladder_after_first_score", "reopening", "blur", "errors_below")
MOST_ERROR_TYPES = 20


def make_workspace(*, project: Project) -> Workspace:
    workspace = Workspace.objects.create(project=project)
    ErrorType.objects.bulk_create(
        [
            ErrorType(project=project, key=key, title=title, description=description, place=place)
            for place, (key, title, description) in enumerate(MMIE_ERRORS)
        ]
    )
    return workspace


@transaction.atomic
def set_up(*, project: Project, by: User | None, changes: Mapping[str, Any], errors: str | None = None) -> Workspace:
    """Change the workspace and its error types, a line each as in "title: description".

    Raises ValidationError; then neither is changed.
    """
    workspace = change_workspace(project=project, by=by, changes=changes)
    if errors is not None and errors.split("\n") != error_lines(ErrorType.objects.offered(project)).split("\n"):
        set_error_types(project=project, by=by, titles=[error_line(line) for line in errors.splitlines() if line.strip()])
    return workspace


def error_lines(error_types: Iterable[ErrorType]) -> str:
    return "\n".join(
        f"{error_type.title}: {error_type.description}" if error_type.description else error_type.title
        for error_type in error_types
    )


def error_line(line: str) -> tuple[str, str]:
    title, _colon, description = line.replace("：", ":").partition(":")
    return title.strip(), description.strip()


@transaction.atomic
def change_workspace(*, project: Project, by: User | None, changes: Mapping[str, Any]) -> Workspace:
    """Set the named fields. Raises ValidationError, which names every fault."""
    faults = {key: _("unknown; expected %(known)s") % {"known": ", ".join(FIELDS)} for key in set(changes) - set(FIELDS)}
    workspace = Workspace.objects.select_for_update().get(project=project)
    old = {key: getattr(workspace, key) for key in FIELDS}
    for key in set(changes) & set(FIELDS):
        try:
            field: Any = Workspace._meta.get_field(key)
            setattr(workspace, key, field.clean(changes[key], workspace))
        except DjangoValidationError as error:
            faults[key] = " ".join(error.messages)
    if faults:
        raise ValidationError(dict(sorted(faults.items())))
    changed = {key: [old[key], getattr(workspace, key)] for key in FIELDS if getattr(workspace, key) != old[key]}
    if changed:
        workspace.save(update_fields=list(changed))
        Event.objects.create(project=project, verb=Event.Verb.WORKSPACE_CHANGED, by=by, data=changed)
    return workspace


@transaction.atomic
def set_error_types(*, project: Project, by: User | None, titles: list[tuple[str, str]]) -> list[ErrorType]:
    """Offer these error types, each with its title and description, in this order.

    A type that is not among them is no longer offered, and stays with the revisions that have it. Raises ValidationError.
    """
    keys = [slugify(title, allow_unicode=True)[:100] for title, _description in titles]
    if len(titles) > MOST_ERROR_TYPES:
        raise ValidationError({"errors": _("expected at most %(most)s") % {"most": MOST_ERROR_TYPES}})
    for (title, _description), key in zip(titles, keys, strict=True):
        if not key or len(title) > 200 or "\0" in title + _description:
            raise ValidationError(
                {"errors": _("%(title)s: expected a title of at most 200 characters, with letters") % {"title": title}}
            )
    if repeated := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValidationError({"errors": _("%(key)s is named twice") % {"key": repeated[0]}})
    before = error_lines(ErrorType.objects.offered(project)).splitlines()
    ErrorType.objects.offered(project).exclude(key__in=keys).update(retired_at=timezone.now())
    for place, ((title, description), key) in enumerate(zip(titles, keys, strict=True)):
        ErrorType.objects.update_or_create(
            project=project,
            key=key,
            defaults={"title": title, "description": description, "place": place, "retired_at": None},
        )
    offered = list(ErrorType.objects.offered(project))
    data = {"errors": [before, error_lines(offered).splitlines()]}
    Event.objects.create(project=project, verb=Event.Verb.WORKSPACE_CHANGED, by=by, data=data)
    return offered
