"""A project's history as lines: its own events first, then each response's, and nothing twice."""

import csv
import io
import json
from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command

from annotation.models import Event, Project
from tests.annotation.flow.history.told import eventful, skipped, told
from tests.factories import judged

pytestmark = pytest.mark.django_db


def exported(*options: str) -> str:
    out = io.StringIO()
    call_command("export_history", "--project", "study", *options, stdout=out)
    return out.getvalue()


def test_each_happening_is_one_line_in_its_order(project: Project) -> None:
    tasks = [eventful(project), skipped(project)]
    lines: list[dict[str, Any]] = [json.loads(line) for line in exported().splitlines()]
    own_events = Event.objects.filter(project=project, task=None).order_by("pk")
    assert [(line["task"], line["what"]) for line in lines] == [
        *((None, event.verb) for event in own_events),
        *((task.pk, what) for task in tasks for what, _by, _about in told(task)),
    ]
    assert set(Counter(json.dumps(line, sort_keys=True) for line in lines).values()) == {1}
    assert lines[-1] | {"at": None} == {
        "query": "PBL-0002",
        "system": "system-a",
        "sample": 0,
        "task": tasks[1].pk,
        "at": None,
        "what": "skipped",
        "by": "ana",
        "about": None,
        "details": {"kind": "other", "text": "I know the author."},
    }


def test_csv_and_one_document_have_the_same(project: Project) -> None:
    eventful(project)
    lines = [json.loads(line) for line in exported().splitlines()]
    rows = list(csv.DictReader(io.StringIO(exported("--format", "csv"))))
    assert [(row["what"], json.loads(row["details"]), row["by"]) for row in rows] == [
        (line["what"], line["details"], line["by"] or "") for line in lines
    ]
    assert json.loads(exported("--json")) == {"happenings": lines}


def test_a_spreadsheet_takes_no_name_for_a_formula(project: Project) -> None:
    judged(project, [[4]], names=("@SUM",))
    rows = list(csv.DictReader(io.StringIO(exported("--format", "csv"))))
    assert [row["by"] for row in rows if row["what"] == "submitted"] == ["'@SUM"]
    assert '"by":"@SUM"' in exported()
