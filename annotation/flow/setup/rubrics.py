"""Moves a running project to a later version of one of its rubrics.

A task has one rubric, and whoever judges it judges it by that. So a task that nobody has begun moves, and every other one stays
whole under the version with which it began, until it is done and after: no task has ratings of two versions, and every figure is
of one. Nothing is asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.flow.setup.projects import lock_members, named_rubric
from annotation.models import (
    Adjudication,
    Assignment,
    Draft,
    Event,
    Project,
    ProjectRubric,
    ReferenceAnswer,
    ScorerScore,
    Task,
    User,
)
from rubrics.comparison import compare
from rubrics.models import Rubric
from rubrics.versioning import content_of, freeze


@dataclass(frozen=True)
class Move:
    """What moving does to the tasks under `old` and the versions before it; those of dropped queries are not counted."""

    old: Rubric
    new: Rubric
    is_comparable: bool
    moving: int  # nobody has begun them
    begun: int  # they stay until they are done, and after
    done: int

    def counts(self) -> dict[str, int]:
        return {"moving": self.moving, "begun": self.begun, "done": self.done}


def current_rubrics(project: Project) -> dict[str, Rubric]:
    """The version under which new responses of each category are judged: the newest of the project."""
    chosen = project.project_rubrics.select_related("rubric").order_by("category", "rubric__version")
    return {choice.category: choice.rubric for choice in chosen}


def next_versions(project: Project) -> list[Rubric]:
    """The newest version of each rubric of which the project has an earlier one: to others it moves by name alone."""
    current = {rubric.slug: rubric.version for rubric in current_rubrics(project).values()}
    newest: dict[str, Rubric] = {}
    for rubric in Rubric.objects.filter(slug__in=current).order_by("slug", "version"):
        newest[rubric.slug] = rubric
    return [rubric for slug, rubric in newest.items() if rubric.version > current[slug]]


def plan_move(*, project: Project, rubric: str) -> Move:
    """What moving to the named version ("slug@version") would do. Raises Refused where the project cannot move to it."""
    try:
        new = named_rubric(rubric)
    except ValueError as error:
        raise Refused(f"rubric: {error}") from error
    old = current_rubrics(project).get(new.category)
    if old is None or old.slug != new.slug:
        raise Refused(_("rubric: the project has no %(slug)s for %(category)s") % {"slug": new.slug, "category": new.category})
    if new.version <= old.version:
        raise Refused(_("rubric: expected a later version than %(rubric)s") % {"rubric": old.name})
    check_references(project, new)
    contents = [content_of(Rubric.objects.with_content().get(pk=version.pk)) for version in (old, new)]
    return Move(old, new, compare(*contents).is_comparable, **counted(tasks_under(project, new)))


def check_references(project: Project, new: Rubric) -> None:
    """Raises Refused where a reference answer is of a level that the version's scale lacks."""
    answers = ReferenceAnswer.objects.filter(query__project=project, query__category=new.category)
    beyond = answers.filter(Q(level__lt=new.scale_min) | Q(level__gt=new.scale_max)).order_by("level").first()
    if beyond:
        raise Refused(
            _("rubric: there are reference answers of level %(level)s, which %(rubric)s does not have")
            % {"level": beyond.level, "rubric": new.name}
        )


def tasks_under(project: Project, new: Rubric) -> Any:
    """The project's tasks under earlier versions, each with `is_begun`, and with `is_unfinished` where a slot is not submitted.

    A score of a scorer is in points of the rubric: with one, a task is begun too.
    """
    slots = Assignment.objects.filter(task=OuterRef("pk"))
    of_task: Iterable[Any] = (model.objects.filter(task=OuterRef("pk")) for model in (Draft, Adjudication, ScorerScore))
    begun = Q(Exists(slots.filter(annotator__isnull=False)))
    for rows in of_task:
        begun |= Q(Exists(rows))
    tasks = Task.objects.filter(project=project, rubric__slug=new.slug, rubric__version__lt=new.version).order_by()
    return tasks.annotate(is_begun=begun, is_unfinished=Exists(slots.not_withdrawn().filter(submitted_at=None)))


def counted(tasks: Any) -> dict[str, int]:
    counts: dict[str, int] = tasks.filter(response__query__dropped_at=None).aggregate(
        moving=Count("pk", filter=Q(is_begun=False)),
        begun=Count("pk", filter=Q(is_begun=True, is_unfinished=True)),
        done=Count("pk", filter=Q(is_begun=True, is_unfinished=False)),
    )
    return counts


@transaction.atomic
def move_to(*, project: Project, rubric: str, by: User | None) -> Move:
    """Judge what nobody has begun, and what is loaded from now on, under the named version, which is frozen. Raises Refused."""
    lock_members(project)  # so nobody claims a task while it moves, having read the version before
    move = plan_move(project=project, rubric=rubric)
    freeze(rubric=move.new)
    ProjectRubric.objects.create(project=project, category=move.new.category, rubric=move.new)
    Task.objects.filter(pk__in=tasks_under(project, move.new).filter(is_begun=False).values("pk")).update(rubric=move.new)
    data = {"old": move.old.name, "new": move.new.name} | move.counts()
    Event.objects.create(project=project, verb=Event.Verb.RUBRIC_MOVED, by=by, data=data)
    return move
