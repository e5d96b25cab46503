"""What an annotator sees of decisions, once their own work in the project is done: the decision beside their own scores, and what
is said of it, under neutral names."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from annotation.access.history import in_words
from annotation.flow.adjudicate import work_is_done
from annotation.flow.adjudicate.comments import ShownComment, shown_comments
from annotation.flow.adjudicate.letters import by_letter
from annotation.models import Adjudication, Annotation, Membership, Revision


class Row(NamedTuple):
    """A criterion that was decided, in words."""

    title: str
    own: str
    decision: str
    cause: str
    reason: str


class Decided(NamedTuple):
    case: Adjudication
    own: Annotation
    criteria: list[Row]
    comments: list[ShownComment]


def decided_cases(membership: Membership) -> QuerySet[Adjudication]:
    """The standing decisions on responses that the member judged, the newest first. None before their own work is done."""
    if not work_is_done(membership.project, membership.user):
        return Adjudication.objects.none()
    return Adjudication.objects.standing().of_annotator(membership.user, membership.project).order_by("-decided_at", "-pk")


def decided(cases: QuerySet[Adjudication], membership: Membership) -> Iterator[Decided]:
    """Of cases from decided_cases; the number of queries does not grow with theirs."""
    related = ("decisions__criterion", "decisions__level", "comments", "task__annotations__assignment")
    for case in cases.select_related("task__response__query").prefetch_related(
        *related, "task__annotations__revisions__scores__criterion", "task__annotations__revisions__scores__level"
    ):
        annotations = sorted(case.task.annotations.all(), key=lambda annotation: annotation.pk)
        [own] = [annotation for annotation in annotations if annotation.annotator_id == membership.user_id]
        letters = by_letter(membership.project.pseudonym_key, case.task_id, annotations)
        yield Decided(case, own, list(beside_own(case, own)), shown_comments(case, letters, membership.user))


def beside_own(case: Adjudication, own: Annotation) -> Iterator[Row]:
    """Each decision with the annotator's answer at that time."""
    revision = counted(case, own)
    answers = {score.criterion.key: score.answer for score in revision.scores.all()} if revision else {}
    for decision in case.decisions.all():
        criterion = decision.criterion
        answer = answers.get(criterion.key, None if criterion.is_rated else False)  # no row: the penalty does not apply
        cause = decision.get_cause_display()
        yield Row(criterion.title, in_words(answer), in_words(decision.answer), cause, decision.reason)


def counted(case: Adjudication, own: Annotation) -> Revision | None:
    """The newest revision that was there when it was decided."""
    assert case.decided_at
    before = [revision for revision in own.revisions.all() if revision.submitted_at <= case.decided_at]
    return max(before, key=lambda revision: revision.number, default=None)
