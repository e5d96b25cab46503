"""A query that was dropped has no part in the study: its slots, figures, labels, cases and releases are without it."""

import re
from typing import Any

import pytest
from django.db import connection

from annotation.flow import adjudicate
from annotation.flow.agree import report as agree
from annotation.flow.duplicates import resolve
from annotation.flow.labels import count_labels
from annotation.flow.release import release
from annotation.models import Assignment, Project, Rules, Task, User
from tests.annotation.flow.duplicates.pairs import query, task
from tests.factories import judge, judged, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


def test_figures_labels_cases_and_releases_leave_dropped_queries_out(tmp_path: Any) -> None:
    project = make_project(overlap=3)
    Rules.objects.update(undisputed_share=0)
    project.refresh_from_db()
    judged(project, [[1, 1, 6], [4, 4, 4]])
    load(project, [record(3), record(4, model="system-b")])
    lea = make_member(project, "lea", "manager")
    for number in (3, 4):
        resolve.drop(query=query(number), by=lea)
    assert count_labels(project) == {"labelled": 1, "not_judged": 0, "disputed": 1, "unusable": 0, "not_applicable": 0}
    assert [row["items"] for row in agree.agreement_report(project)["groups"][0]["criteria"] if row["criterion"] == "text"] == [2]
    assert adjudicate.read_queue(project).queries.tolist() == ["PBL-0001"]
    made = release(project=project, out=tmp_path / "out")
    row = {"sample": 0, "rubric": "small@1"}
    assert made.manifest["left_out"] == [
        {"id": "PBL-0001", "system": "system-a", "reason": "disputed", **row},
        {"id": "PBL-0003", "system": "system-a", "reason": "query_dropped", **row},
        {"id": "PBL-0004", "system": "system-b", "reason": "query_dropped", **row},
    ]
    assert (made.manifest["counts"]["not_judged"], made.manifest["counts"]["released"]) == (0, 1)


def test_a_withdrawn_slot_is_not_missing(project: Project, lea: User) -> None:
    """As after a slot was taken back alone: what is left is judged by all."""
    chosen = task(3)
    judge(chosen, make_member(project, "ana"))
    assert not Task.objects.filter(pk=chosen.pk).with_fully_judged().filter(fully_judged=True)
    Assignment.objects.filter(task=chosen, annotator=None).update(withdrawn_at=chosen.project.created_at)
    assert list(Task.objects.filter(pk=chosen.pk).with_fully_judged().filter(fully_judged=True)) == [chosen]
    Assignment.objects.filter(task=task(1)).update(withdrawn_at=chosen.project.created_at)
    assert not Task.objects.filter(pk=task(1).pk).with_fully_judged().filter(fully_judged=True)


def test_a_claim_finds_open_slots_by_an_index_in_their_order(project: Project) -> None:
    """On a small table PostgreSQL may choose otherwise, so it is told not to read tables from end to end, nor to sort."""
    open_slots = Assignment.objects.filter(project=project).of_tasks_new_to(make_member(project, "ana")).open()
    ahead = open_slots.filter(position__gt=1).order_by("position")
    behind = open_slots.filter(position__lte=1, reopened_at__isnull=False).order_by("position")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    for slots in (ahead, behind, open_slots.order_by("position")):
        plan = slots[:1].explain()
        assert re.search(
            r"(SEARCH annotation_assignment USING INDEX|Index Scan using) slot_(open|reopened|place|position_once)", plan
        )
        assert not re.search(r"TEMP B-TREE|Sort ", plan)
