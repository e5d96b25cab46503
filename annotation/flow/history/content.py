"""Where responses came from, what became of their queries, and in which releases they are."""

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any

from django.db.models import Q

from annotation.flow.history.happening import Happening, What
from annotation.models import Event, Label, Project, Query, ReferenceRevision, Task

DUPLICATES = (Event.Verb.KEPT, Event.Verb.MERGED, Event.Verb.DROPPED, Event.Verb.RESTORED)
Number = Callable[[int], int]  # a task's place in its project's order of loading, from 1


def loaded(project: Project, tasks: Iterable[Task], number: Number) -> Iterator[Happening]:
    """Which file each response came in: loads take turns, and each counts the tasks that it made."""
    loads = list(Event.objects.filter(project=project, verb=Event.Verb.ITEMS_LOADED).select_related("by").order_by("pk"))
    last = list(accumulate(load.data.get("tasks", 0) for load in loads))
    for task in tasks:
        place = number(task.pk)
        load = next((load for load, until in zip(loads, last, strict=True) if place <= until), None)
        if load:
            yield Happening(load.at, load.verb, load.by, task.pk, details={"file": load.data.get("file", "")})


def number_of(task: int) -> int:
    return Task.objects.filter(project__tasks=task, pk__lte=task).count()


def revised_references(tasks: Iterable[Task]) -> Iterator[Happening]:
    """What people wrote as reference answers, and who approved it; the others came with the query."""
    of_query = by_query(tasks)
    written = Q(number__gt=1) | Q(made_by__isnull=False)
    revisions = ReferenceRevision.objects.filter(written, answer__query__in=of_query)
    for revision in revisions.select_related("answer__query", "made_by", "approved_by"):
        answer = revision.answer
        for task in of_query[answer.query_id]:
            details: dict[str, Any] = {"level": answer.level, "revision": revision.number}
            if revision.profile:
                details["profile"] = revision.profile
            yield Happening(revision.made_at, What.REFERENCE_REVISED, revision.made_by, task.pk, details=details)
            if revision.approved_at:
                details = details | {"query": answer.query.external_id}
                approved = Event.Verb.REFERENCE_APPROVED
                yield Happening(revision.approved_at, approved, revision.approved_by, task.pk, details=details)


def by_query(tasks: Iterable[Task]) -> dict[int, list[Task]]:
    of_query: dict[int, list[Task]] = {}
    for task in tasks:
        of_query.setdefault(task.response.query_id, []).append(task)
    return of_query


def duplicates(project: Project, tasks: Iterable[Task]) -> Iterator[Happening]:
    """Verdicts on the queries of the responses, and on queries that were merged into them."""
    of_query = by_query(tasks)
    queries = Query.objects.filter(Q(pk__in=of_query) | Q(merged_into__in=of_query)).values_list(
        "external_id", "pk", "merged_into"
    )
    of_name = {name: of_query.get(pk, []) + of_query.get(into or 0, []) for name, pk, into in queries}
    named = Q()
    for key in ("query", "into", "queries__0", "queries__1"):
        named |= Q(**{f"data__{key}__in": list(of_name)})
    for event in Event.objects.filter(named, project=project, verb__in=DUPLICATES).select_related("by").order_by("pk"):
        names = [event.data.get("query"), event.data.get("into"), *event.data.get("queries", [])]
        concerned = {task.pk for name in names for task in of_name.get(name, [])}
        yield from (Happening(event.at, event.verb, event.by, task, details=event.data) for task in sorted(concerned))


def released(tasks: list[int]) -> Iterator[Happening]:
    for label in Label.objects.filter(task__in=tasks).select_related("release__made_by"):
        details = {
            "version": label.release.version,
            "split": label.split,
            "how": label.how,
            "overall": label.overall,
            "score": label.score,
        }
        yield Happening(label.release.made_at, Event.Verb.RELEASED, label.release.made_by, label.task_id, details=details)
