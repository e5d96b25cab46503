"""What annotators, adjudicators and managers say of a decision, under neutral names."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.flow.adjudicate.claims import record
from annotation.flow.adjudicate.letters import annotations_by_letter
from annotation.flow.adjudicate.ways_out import is_manager, read_text
from annotation.limits import LONGEST_REMARK
from annotation.models import Adjudication, Annotation, Assignment, CaseComment, CaseReview, Event, Project, SentBack, User


class ShownComment(NamedTuple):
    pk: int
    name: str
    own: bool
    at: datetime
    text: str


@transaction.atomic
def comment(*, case: int, by: User, text: Any) -> CaseComment:
    """Raises ValidationError, and Adjudication.DoesNotExist for those who do not see the comments."""
    adjudication = commented_case(case, by)
    text = read_text("text", text, LONGEST_REMARK, _("Write a comment."))
    made = CaseComment.objects.create(adjudication=adjudication, by=by, at=timezone.now(), text=text)
    record(adjudication, Event.Verb.COMMENTED, adjudication.task.project, by)
    return made


def comments_of(case: int, viewer: User) -> list[ShownComment]:
    """Oldest first. Raises Adjudication.DoesNotExist for those who do not see them."""
    adjudication = commented_case(case, viewer)
    return shown_comments(adjudication, annotations_by_letter(adjudication), viewer)


def shown_comments(case: Adjudication, annotations: Mapping[str, Annotation], viewer: User) -> list[ShownComment]:
    """The comments of a case whose annotations have these letters, for somebody who sees them."""
    letters = {annotation.annotator_id: letter for letter, annotation in annotations.items()}

    def name(author: int) -> str:
        if author == viewer.pk:
            return _("You")
        if author in letters:
            return _("Annotator %(letter)s") % {"letter": letters[author]}
        return _("Adjudicator") if author == case.decided_by_id else _("Manager")

    return [
        ShownComment(comment.pk, name(comment.by_id), comment.by_id == viewer.pk, comment.at, comment.text)
        for comment in case.comments.all()
    ]


def commented_case(case: int, viewer: User) -> Adjudication:
    adjudication = Adjudication.objects.select_related("task__project").get(pk=case)
    if not may_comment(adjudication, viewer):
        raise Adjudication.DoesNotExist
    return adjudication


def may_comment(case: Adjudication, viewer: User) -> bool:
    """After the decision: who made it, managers, and the response's annotators once all their own work is done."""
    if case.decided_at is None:
        return False
    project = case.task.project
    if is_manager(project, viewer):
        return True
    if case.decided_by_id == viewer.pk:
        # not before the reveal: comments tell of scores, and a response can be marked unusable without having seen them
        return CaseReview.objects.for_decider(viewer).filter(adjudication=case, revealed_at__isnull=False).exists()
    own = Annotation.objects.filter(task=case.task_id, annotator=viewer, task__project__memberships__user=viewer)
    return own.exists() and work_is_done(project, viewer)


def work_is_done(project: Project, annotator: User) -> bool:
    """Whether the annotator holds nothing, nothing is left for them to claim, and nothing that came back awaits their revision.
    Outcomes of disputes are not shown before."""
    slots = Assignment.objects.filter(project=project)
    left = slots.free_for(annotator).of_tasks_new_to(annotator)
    if slots.held().filter(annotator=annotator).exists() or left.exists():
        return False
    returned = SentBack.objects.open().filter(annotation__annotator=annotator, annotation__task__project=project)
    return not returned.exists()
