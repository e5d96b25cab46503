"""What could wait, by ratings and rules alone."""

from dataclasses import fields
from typing import Any

import pytest
from django.utils import timezone

from annotation.flow.adjudicate.disputes import Disputes, disputes_of_task, draw, read_disputes
from annotation.flow.judgements import ProjectCache
from annotation.models import Project, Query, User
from tests.annotation.flow.adjudicate.cases import with_rules
from tests.factories import body, judged

pytestmark = pytest.mark.django_db


def rows(disputes: Disputes, *columns: str) -> list[tuple[Any, ...]]:
    return list(zip(*(getattr(disputes, column).tolist() for column in columns), strict=True))


def test_gap_is_the_widest_range_of_what_is_asked(project: Project) -> None:
    judged(project, [[1, 2, 6], [body(images=2), body(images=2), body()], [body(penalties=["harm"]), 4, 4], [3, 4, 5]])
    asked = rows(read_disputes(project, ProjectCache(project)), "queries", "criteria", "gaps")
    assert sorted(asked) == [("PBL-0001", ("text",), 5), ("PBL-0002", ("images",), 0), ("PBL-0003", ("harm",), 1)]


def test_of_one_response_everything_is_as_in_the_list_of_all(project: Project) -> None:
    project = with_rules(project, undisputed_share=0.5)
    tasks = judged(project, [[1, 1, 6], [4, 4, 4], [2, 6, 2], [3, 3, 3], [5, 5, None]])
    together = read_disputes(project, ProjectCache(project))
    names = [field.name for field in fields(Disputes)]
    alone = [row for task in tasks for row in rows(disputes_of_task(project, task.pk), *names)]
    assert sorted(alone) == sorted(rows(together, *names))
    assert together.order.tolist() == sorted(together.order.tolist())


def test_a_dropped_query_disputes_nothing(project: Project, ada: User) -> None:
    [task] = judged(project, [[1, 1, 6]])
    assert len(disputes_of_task(project, task.pk)) == 1
    Query.objects.update(dropped_at=timezone.now(), dropped_by=ada)
    assert len(disputes_of_task(project, task.pk)) == 0


def test_a_draw_depends_on_seed_task_and_purpose_alone(project: Project) -> None:
    first = draw(project, ("q", "s", 0, "small@1"), "order")
    assert first == draw(project, ("q", "s", 0, "small@1"), "order")
    others = [draw(project, ("q", "s", 1, "small@1"), "order"), draw(project, ("q", "s", 0, "small@1"), "second")]
    project.seed = 8
    others.append(draw(project, ("q", "s", 0, "small@1"), "order"))
    assert len({first, *others}) == 4
