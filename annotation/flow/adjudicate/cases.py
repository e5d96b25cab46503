"""What has come of a project's cases so far, by task: who holds them, what waits for somebody else, what is settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models.functions import Now

from annotation.flow.adjudicate.disputes import draw
from annotation.flow.judgements import ProjectCache
from annotation.models import Adjudication, Assignment, CaseReview, Decision, Project, SentBack
from annotation.models.adjudication import AdjudicationQuerySet


class OpenCase(NamedTuple):
    pk: int
    round: int
    second: bool
    reserved_for: int | None


@dataclass(frozen=True)
class Settled:
    """Of tasks with a standing decision, by primary key."""

    criteria: dict[int, frozenset[str]]  # decided ones, by key; those of a response marked unusable are not among them
    unusable: frozenset[int]
    overtaken: frozenset[int]  # scores changed since
    second_due: frozenset[int]
    reopened: frozenset[int]  # without a decision since

    @property
    def tasks(self) -> set[int]:
        return {*self.criteria, *self.unusable}


@dataclass(frozen=True)
class Cases:
    settled: Settled
    open: dict[int, OpenCase]
    holders: dict[int, int]  # of a lease that has not run out
    sent_back: frozenset[int]
    further: frozenset[int]


def read_cases(project: Project, cache: ProjectCache | None = None, *, task: int | None = None) -> Cases:
    """Those of all tasks, what is settled from the cache; or of one task, from the database alone."""
    of_task: dict[str, Any] = {} if task is None else {"task": task}
    cases = Adjudication.objects.filter(task__project=project, **of_task)
    live = CaseReview.objects.held().filter(project=project, lease_expires_at__gte=Now(), adjudication__in=cases.open())
    slots = Assignment.objects.further().filter(project=project, **of_task)
    returned = SentBack.objects.open().filter(annotation__task__project=project)
    if task is not None:
        returned = returned.filter(annotation__task=task)
    rows = cases.open().values_list("task", "pk", "round", "second", "reserved_for")
    return Cases(
        settled=read_settled(project, cache) if cache and task is None else settled_of(project, cases),
        open={of: OpenCase(pk, number, second, reserved) for of, pk, number, second, reserved in rows},
        holders=dict(live.values_list("adjudication__task", "adjudicator")),
        sent_back=frozenset(returned.values_list("annotation__task", flat=True)),
        further=frozenset(slots.values_list("task", flat=True)),
    )


def read_settled(project: Project, cache: ProjectCache) -> Settled:
    def make() -> tuple[Any, ...]:
        settled = settled_of(project, Adjudication.objects.filter(task__project=project))
        return tuple(getattr(settled, name) for name in Settled.__dataclass_fields__)

    # `second_share` and the seed stand in the name: a test may change them without an event
    columns, _made_at = cache.get(("settled", project.seed, project.rules.second_share, project.rules.labels_from), make)
    return Settled(*columns)


def settled_of(project: Project, cases: AdjudicationQuerySet) -> Settled:
    standing = cases.standing()
    criteria: dict[int, set[str]] = {}
    # in one query: others decide meanwhile, and every decided case has a decision
    rows = Decision.objects.filter(adjudication__in=standing.decided()).values_list("adjudication__task", "criterion__key")
    for task, key in rows:
        criteria.setdefault(task, set()).add(key)
    unusable = frozenset(standing.unusable().values_list("task", flat=True))
    reopened = set(cases.filter(reopening__isnull=False).values_list("task", flat=True))
    return Settled(
        criteria={task: frozenset(keys) for task, keys in criteria.items()},
        unusable=unusable,
        overtaken=frozenset(standing.overtaken().values_list("task", flat=True)) if criteria or unusable else frozenset(),
        second_due=frozenset(second_due(project, cases)),
        reopened=frozenset(reopened - set(criteria) - unusable),
    )


def second_due(project: Project, cases: AdjudicationQuerySet) -> Iterable[int]:
    """The tasks that another adjudicator decides once more, drawn by the project's seed from those that are decided."""
    if not project.rules.second_share:
        return
    done = {(task, round) for task, round in cases.ended().filter(second=True).values_list("task", "round")}
    last_second: dict[int, int] = {}
    for task, number in done:
        last_second[task] = max(number, last_second.get(task, 0))
    key = ("task__response__query__external_id", "task__response__system", "task__response__sample")
    rubric = ("task__rubric__slug", "task__rubric__version")
    for task, number, *names, slug, version in cases.standing().decided().values_list("task", "round", *key, *rubric):
        drawn = draw(project, (*names, f"{slug}@{version}"), "second") < project.rules.second_share
        if drawn and last_second.get(task, 0) < number:
            yield task
