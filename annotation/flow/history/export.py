"""The history of a whole project as JSON Lines or CSV: the project's own events first, then each response's, one line each."""

import csv
import io
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson
from django.db.models import QuerySet

from annotation.flow.batches import batched
from annotation.flow.history.events import project_events
from annotation.flow.history.happening import Happening
from annotation.flow.history.response import histories
from annotation.models import Event, Project, Task

COLUMNS = ("query", "system", "sample", "task", "at", "what", "by", "about", "details")
BATCH = 200  # responses
EVENTS = 1000  # at a time
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def exported(happening: Happening, task: Task | None = None) -> dict[str, Any]:
    """A happening as JSON has it, with usernames. `task` was read with its query."""
    return {
        "query": task and task.response.query.external_id,
        "system": task and task.response.system,
        "sample": task and task.response.sample,
        "task": task and task.pk,
        "at": happening.at,
        "what": happening.what,
        "by": happening.by and happening.by.username,
        "about": happening.about and happening.about.username,
        "details": happening.details,
    }


def export_history(project: Project) -> Iterator[dict[str, Any]]:
    """The project's own events by time, then the responses by key, each by time.

    What concerns a whole file, query or release is an event of the project, and stands with each of its responses too.
    """
    tasks = list(
        Task.objects.filter(project=project)
        .order_by("response__query__external_id", "response__system", "response__sample", "pk")
        .values_list("pk", flat=True)
    )
    of_project = Event.objects.filter(project=project, task=None).select_related("by").order_by("pk")
    yield from map(exported, project_events(of_project))
    in_order = sorted(tasks)
    for pks in batched(tasks, BATCH):
        read = Task.objects.select_related("response__query").in_bulk(pks)
        batch = [read[pk] for pk in pks]
        happened = histories(project, batch, lambda task: bisect_right(in_order, task))
        for task in batch:
            yield from (exported(happening, task) for happening in happened[task.pk])


def export_events(events: QuerySet[Event]) -> Iterator[dict[str, Any]]:
    """The events of the log, by time, in the same form."""
    pks = list(events.order_by("pk").values_list("pk", flat=True))
    for part in batched(pks, EVENTS):
        rows = list(Event.objects.filter(pk__in=part).select_related("by", "task__response__query").order_by("pk"))
        yield from (exported(happening, event.task) for happening, event in zip(project_events(rows), rows, strict=True))


def as_json_lines(lines: Iterable[dict[str, Any]]) -> Iterator[str]:
    return (orjson.dumps(line).decode() + "\n" for line in lines)


def as_csv(lines: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The details as JSON in one field. It is meant for spreadsheets: what one would take for a formula is guarded."""
    yield row(COLUMNS)
    for line in lines:
        details = orjson.dumps(line["details"]).decode()
        yield row(
            [*(line[column] for column in COLUMNS[:4]), line["at"].isoformat(), line["what"], line["by"], line["about"], details]
        )


def row(values: Iterable[Any]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(["" if value is None else guarded(value) for value in values])
    return text.getvalue()


def guarded(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


FORMATS: dict[str, Callable[[Iterable[dict[str, Any]]], Iterator[str]]] = {"jsonl": as_json_lines, "csv": as_csv}
