"""The next version of a rubric, drafted from the disputes about one of its descriptors."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.models import Event, Membership, Project, Role, User
from rubrics import versioning
from rubrics.checks import BadRubric
from rubrics.models import Level, Rubric


def level_of(project: Project, rubric: str, criterion: str, level: int) -> Level:
    """The level of a rubric of the project, with criterion and rubric. Raises Level.DoesNotExist."""
    slug, _at, version = rubric.rpartition("@")
    levels = Level.objects.select_related("criterion__rubric").filter(criterion__key=criterion, value=level)
    # a version of more digits than this is none, and no number that a database takes
    return levels.get(
        criterion__rubric__in=project.rubrics.all(),
        criterion__rubric__slug=slug,
        criterion__rubric__version=int(version) if version.isdecimal() and len(version) < 9 else 0,
    )


def draft_of(level: Level) -> Level | None:
    """The same level in the draft of the rubric's next version; None where there is none."""
    newest = Rubric.objects.latest_of(level.criterion.rubric.slug)
    if newest is None or newest.frozen_at:
        return None
    return levels_like(level, newest).first()


def levels_like(level: Level, rubric: Rubric | None) -> QuerySet[Level]:
    """The same level in another version of the rubric: one, or none."""
    levels = Level.objects.select_related("criterion__rubric").filter(criterion__rubric=rubric, value=level.value)
    return levels.filter(criterion__key=level.criterion.key)


@transaction.atomic
def draft_descriptor(*, project: Project, by: User, level: Level, descriptor: str) -> Rubric:
    """Write the descriptor into the draft of the rubric's next version, which begins with it where there is none.

    Raises Refused where the descriptor is none, and for anybody but a manager of the project.
    """
    if not Membership.objects.filter(project=project, user=by, role=Role.MANAGER).exists():
        raise Refused(_("Only managers of the project draft a rubric."))
    slug, key = level.criterion.rubric.slug, level.criterion.key
    newest = Rubric.objects.select_for_update().latest_of(slug)
    before = levels_like(level, newest).first()
    try:
        rubric = versioning.redraft(slug=slug, criterion=key, level=level.value, descriptor=descriptor)
    except BadRubric as error:
        raise Refused(str(error)) from error
    after = levels_like(level, rubric).get()
    if before and before.descriptor != after.descriptor:
        subject = {"rubric": rubric.name, "criterion": key, "level": level.value}
        data = subject | {"descriptor": [before.descriptor, after.descriptor]}
        Event.objects.create(project=project, verb=Event.Verb.DESCRIPTOR_DRAFTED, by=by, data=data)
    return rubric
