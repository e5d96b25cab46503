"""What is stuck: responses that wait for somebody's step, by what they wait for."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from annotation.flow.labels import count_labels
from annotation.models import Assignment, Flag, Membership, Project, Role, Skip, Task
from annotation.models.tasks import TaskQuerySet

EXPIRED, SKIPPED_BY_ALL, FLAGGED = "expired", "skipped_by_all", "flagged"
LACKING, ADJUDICATION = "lacking", "adjudication"


def expired(project: Project) -> TaskQuerySet:
    """With a slot whose lease has run out: it goes to whoever claims next."""
    return having(project, Assignment.objects.held().filter(lease_expires_at__lt=Now()))


def skipped_by_all(project: Project) -> TaskQuerySet:
    """With an open slot that can go to nobody: every annotator has judged, holds or has skipped the response."""
    annotators = Membership.objects.in_project(project, Role.ANNOTATOR)
    of_person = {"task": OuterRef(OuterRef("task")), "annotator": OuterRef("user")}
    could_take = annotators.filter(~Exists(Assignment.objects.filter(**of_person)), ~Exists(Skip.objects.filter(**of_person)))
    return having(project, Assignment.objects.open().filter(~Exists(could_take)))


def flagged(project: Project) -> TaskQuerySet:
    return having(project, Flag.objects.open())


def lacking(project: Project) -> TaskQuerySet:
    """Judged by some of the annotators who are wanted, and by none of the others yet."""
    slots = Assignment.objects.not_withdrawn()
    return having(project, slots.submitted()).filter(Exists(slots.filter(task=OuterRef("pk"), submitted_at=None)))


def having(project: Project, rows: QuerySet) -> TaskQuerySet:
    return Task.objects.filter(project=project).filter(Exists(rows.filter(task=OuterRef("pk"))))


# All but what waits for adjudication, which the labels tell: flow/adjudicate lists it.
STUCK: dict[str, Callable[[Project], TaskQuerySet]] = {
    EXPIRED: expired,
    SKIPPED_BY_ALL: skipped_by_all,
    FLAGGED: flagged,
    LACKING: lacking,
}


def count_stuck(project: Project) -> dict[str, int]:
    """Responses by what they wait for. A query for each, and those of the labels."""
    counts = {kind: tasks(project).count() for kind, tasks in STUCK.items()}
    return counts | {ADJUDICATION: count_labels(project)["disputed"]}


def stuck_tasks(project: Project, kind: str) -> TaskQuerySet:
    """By query and system, each with `submitted` and `wanted` slots."""
    return STUCK[kind](project).with_counts().select_related("response__query").order_by("response__query__external_id", "pk")
