"""An annotator's own assignment: held, submitted, given back or lost."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotation.errors import AlreadyDone, NoLongerYours, Refused
from annotation.models import Assignment, Project, User
from annotation.sql.compiled import CompiledQuery
from rubrics.cache import complete_rubric


def own_assignment(assignment: int | Assignment, by: User) -> Assignment:
    """The assignment with its content, if it is or was the annotator's: to anybody else it does not exist.

    What this function or a claim has returned to the same person is not read again. Raises Assignment.DoesNotExist.
    """
    if isinstance(assignment, Assignment):
        return assignment
    slot = own_slot.first(assignment, by.pk) or Assignment.objects.with_content().once_held_by(by).get(pk=assignment)
    return complete(slot)


@CompiledQuery
def own_slot(assignment: int, by: int) -> QuerySet[Assignment]:
    return Assignment.objects.with_content().for_annotator(by).filter(pk=assignment).order_by()


def held_assignment(project: Project, by: User) -> Assignment | None:
    """The assignment that the annotator holds in the project, with its content. A read: its lease is not renewed."""
    slot = Assignment.objects.with_content().for_annotator(by).held().filter(project=project).first()
    return complete(slot) if slot else None


def complete(slot: Assignment) -> Assignment:
    """An assignment that was read with_content, its task now with the whole rubric and the project."""
    slot.task.rubric = complete_rubric(slot.task.rubric)
    slot.task.project = slot.project
    return slot


def submitted_by(slot: Assignment, by: User) -> bool:
    return Assignment.objects.submitted().filter(task_id=slot.task_id, annotator=by).exists()


def lost_error(slot: Assignment, by: User) -> Refused:
    if submitted_by(slot, by):
        return AlreadyDone(_("You have submitted this response already."))
    return NoLongerYours(_("This response is no longer yours: it was given back, or its lease ran out. Your work is kept."))
