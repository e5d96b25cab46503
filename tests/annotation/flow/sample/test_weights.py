"""Results from a sample are results of its pool: by hand on a pool whose strata differ."""

from typing import Any

import pytest

from annotation.flow.results import results_report
from annotation.flow.sample import Plan, draw_sample
from annotation.models import Project, SampledTask, Task
from tests.annotation.flow.sample.pools import make_pool
from tests.factories import judge, load, make_member, record

pytestmark = pytest.mark.django_db
LEVEL = {"art": 2, "physics": 5}


def scored_sample(plan: Plan, *, queries: int = 10) -> Project:
    """Art gets 2, physics 5, whoever answers: the pool has 2 and 8 of ten."""
    project = make_pool(queries=queries, overlap=1)
    draw_sample(project=project, plan=plan)
    ana = make_member(project, "ana")
    for sampled in SampledTask.objects.select_related("task__response__query"):
        judge(sampled.task, ana, text=LEVEL[sampled.task.response.query.field])
    return project


def overall(report: dict[str, Any]) -> dict[str, float]:
    return {row["system"]: row["overall"]["value"] for row in report["systems"]}


def test_as_many_of_each_field_have_the_mean_of_the_pool() -> None:
    project = scored_sample(Plan(size=8, by=("field", "system"), allocation="equal"))
    report = results_report(project, by=["field"])
    of_pool = 100 * (0.2 * 2 + 0.8 * 5) / 6
    assert overall(report) == {"anole": pytest.approx(of_pool, abs=1e-12), "gill": pytest.approx(of_pool, abs=1e-12)}
    assert report["labels"]["pool"] == {
        "by": ["field", "system"],
        "pool": 20,
        "labelled": 8,
        "effective": pytest.approx(8**2 / (4 * 0.4**2 + 4 * 1.6**2)),
        "missing": [],
        "undrawn": 0,
    }
    [table] = report["groups"]
    cells = {
        (row["system"], value): cell["value"]
        for row in table["rows"]
        for value, cell in zip(table["values"], row["cells"], strict=True)
    }
    assert cells == {
        (system, field): pytest.approx(100 * level / 6) for system in ("anole", "gill") for field, level in LEVEL.items()
    }


def test_differences_are_of_the_pool_too() -> None:
    """On art gill is one point better than anole, on physics as good: .2 of a point in the pool."""
    project = make_pool(overlap=1)
    draw_sample(project=project, plan=Plan(size=4, by=("field",), unit="query", allocation="equal"))
    ana = make_member(project, "ana")
    for sampled in SampledTask.objects.select_related("task__response__query"):
        response = sampled.task.response
        better = response.system == "gill" and response.query.field == "art"
        judge(sampled.task, ana, text=LEVEL[response.query.field] + better)
    report = results_report(project)
    assert report["differences"][0]["value"] == pytest.approx(100 * 0.2 / 6)
    assert report["criteria"] == results_report(project, by=["criterion"])["criteria"]
    by_system = {row["system"]: row["cells"][0]["value"] for row in report["criteria"][0]["rows"]}
    assert by_system["gill"] - by_system["anole"] == pytest.approx(100 * 0.2 / 6)


def test_without_a_sample_each_label_counts_as_much() -> None:
    project = make_pool(overlap=1)
    load(project, [record(number, model="gill", field="art") for number in (31, 32)])
    ana = make_member(project, "ana")
    for task, level in zip(Task.objects.filter(response__query__external_id__gt="PBL-0030"), (2, 5), strict=True):
        judge(task, ana, text=level)
    report = results_report(project)
    assert (overall(report)["gill"], report["labels"]["pool"]) == (pytest.approx(100 * 3.5 / 6), None)


def test_a_stratum_without_a_label_leaves_results_unweighted_and_is_named() -> None:
    project = make_pool(overlap=1)
    draw_sample(project=project, plan=Plan(size=4, by=("field",), allocation="equal"))
    ana = make_member(project, "ana")
    for task in Task.objects.filter(sampled__isnull=False, response__query__field="physics"):
        judge(task, ana, text=5)
    pool = results_report(project)["labels"]["pool"]
    assert (pool["missing"], pool["effective"], pool["labelled"]) == (["art"], None, 2)


def test_labels_that_were_not_drawn_leave_results_unweighted_and_are_counted() -> None:
    project = scored_sample(Plan(size=8, by=("field", "system"), allocation="equal"))
    load(project, [record(77, model="gill", field="art")])
    judge(Task.objects.get(response__query__external_id="PBL-0077"), make_member(project, "bo"), text=1)
    report = results_report(project)
    assert (report["labels"]["pool"]["undrawn"], report["labels"]["pool"]["effective"]) == (1, None)
    assert overall(report)["anole"] == pytest.approx(100 * 3.5 / 6)
