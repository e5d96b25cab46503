"""Whichever number is opened, the list has the responses that it is made of, where the annotators differ most first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from annotation.flow.agree import agreement_report
from annotation.flow.agree.drilldown import ALIKE, PACE, DrilldownRow, Selection, drilldown
from annotation.flow.judgements import rating_matrices
from annotation.models import Project, Query, Response, Task
from tests.factories import body, criterion, judge, judged, load, make_member, make_project, make_rubric, penalty, record

pytestmark = pytest.mark.django_db
ROWS = [
    [body(text=1, images=1), body(text=4), body(text=2, images=3)],
    [body(text=5, images=5), body(text=5, images=5), None],
    [body(text=2, images=6), None, None],
    [None, None, None],
    [body(text=3, penalties=["harm"]), body(text=5, images=2), body(text=3, images=2)],
    [body(text="na"), body(text="na"), None],
]  # images that are not mentioned were not applicable
LISTS: list[tuple[dict[str, Any], list[tuple[int, str, float | None]]]] = [
    ({}, [(1, "overall", 3), (5, "overall", 1.5), (2, "overall", 0), (3, "overall", 0), (4, "overall", 0), (6, "overall", 0)]),
    (
        {"rubric": "both@1"},
        [(1, "overall", 3), (5, "overall", 1.5), (2, "overall", 0), (3, "overall", 0), (4, "overall", 0), (6, "overall", 0)],
    ),
    ({"criterion": "overall"}, [(1, "overall", 3), (5, "overall", 1.5), (2, "overall", 0)]),
    ({"criterion": "text"}, [(1, "text", 3), (5, "text", 2), (2, "text", 0)]),
    ({"criterion": "images"}, [(1, "images", 2.5), (5, "images", 0.5), (2, "images", 0)]),
    ({"criterion": "harm"}, [(5, "harm", 1), (1, "harm", 0), (2, "harm", 0), (6, "harm", 0)]),
    ({"criterion": ""}, [(1, "text", 3), (5, "text", 2), (2, "text", 0)]),
    # a pair
    ({"criterion": "text", "annotators": ("ana", "bo")}, [(1, "text", 3), (5, "text", 2), (2, "text", 0)]),
    ({"criterion": "images", "annotators": ("ana", "bo")}, [(2, "images", 0)]),
    ({"criterion": "", "annotators": ("ana", "chen")}, [(1, "images", 2), (5, "text", 0)]),
    ({"annotators": ("bo", "chen")}, [(1, "overall", 1.5), (5, "overall", 1)]),
    # one against the others
    ({"criterion": "text", "annotators": ("ana",)}, [(1, "text", 2), (5, "text", 1), (2, "text", 0)]),
    ({"criterion": "overall", "annotators": ("ana",)}, [(1, "overall", 2.25), (5, "overall", 1), (2, "overall", 0)]),
    # all that one judged
    (
        {"annotators": ("ana",)},
        [(1, "overall", 2.25), (5, "overall", 1), (2, "overall", 0), (3, "overall", None), (6, "overall", None)],
    ),
    ({"annotators": ("chen",)}, [(5, "overall", 0.25), (1, "overall", 0)]),
    ({"annotators": ("ana",), "round": "2"}, [(3, "overall", None)]),
    # how alike the criteria are
    ({"annotators": ("ana",), "habit": ALIKE}, [(1, "", 0), (2, "", 0), (3, "", 4)]),
    ({"annotators": ("bo",), "habit": ALIKE}, [(2, "", 0), (5, "", 3)]),
    ({"annotators": ("chen",), "habit": ALIKE, "field": "Physics"}, [(5, "", 1)]),
    ({"annotators": ("ana",), "habit": PACE}, []),
    # a cell of the confusion
    ({"criterion": "text", "levels": (4, 1)}, [(1, "text", 3)]),
    ({"criterion": "text", "levels": (3, 3)}, [(5, "text", 2)]),
    ({"criterion": "text", "levels": (2, 2)}, []),
    ({"criterion": "", "levels": (1, 3)}, [(1, "images", 2.5)]),
    ({"criterion": "harm", "levels": (0, 1)}, [(5, "harm", 1)]),
    ({"criterion": "text", "annotators": ("ana", "bo"), "levels": (3, 5)}, [(5, "text", 2)]),
    ({"criterion": "text", "annotators": ("ana", "bo"), "levels": (5, 3)}, []),
    ({"criterion": "text", "annotators": ("ana", "bo"), "levels": (3, 3)}, []),
    ({"criterion": "text", "annotators": ("bo",), "levels": (5, 3)}, [(5, "text", 2)]),
    ({"criterion": "text", "annotators": ("ana",), "levels": (3, 3)}, [(5, "text", 1)]),
    # a level, wherever it was given
    ({"criterion": "text", "annotators": ("ana",), "level": 2}, [(3, "text", None)]),
    ({"criterion": "text", "annotators": ("ana",), "level": 1}, [(1, "text", 2)]),
    ({"criterion": "text", "level": 2}, [(1, "text", 3), (3, "text", None)]),
    ({"criterion": "", "annotators": ("ana",), "level": 6}, [(3, "images", None)]),
    ({"criterion": "harm", "level": 1}, [(5, "harm", 1)]),
    ({"criterion": "harm", "annotators": ("bo",), "level": 1}, []),
    # parts
    ({"category": "project-based-learning", "criterion": "text"}, [(1, "text", 3), (5, "text", 2), (2, "text", 0)]),
    ({"field": "Physics"}, [(5, "overall", 1.5), (2, "overall", 0)]),
    ({"field": "", "criterion": "text"}, [(1, "text", 3)]),
    ({"subfield": "Optics", "criterion": "text"}, [(5, "text", 2)]),
    ({"system": "system-b"}, [(1, "overall", 3)]),
    ({"round": "2"}, [(3, "overall", 0)]),
    ({"week": ""}, [(4, "overall", 0)]),
    # what is not there
    ({"rubric": "both@2"}, []),
    ({"criterion": "taste"}, []),
    ({"annotators": ("zoe",)}, []),
    ({"annotators": ("zoe",), "habit": ALIKE}, []),
    ({"annotators": ("zoe",), "habit": PACE}, []),
    ({"annotators": ("ana", "zoe")}, []),
    ({"criterion": "text", "levels": (8, 9)}, []),
    ({"system": "system-z"}, []),
    ({"round": "one"}, []),
    ({"week": "2026-W99"}, []),
]


def study() -> tuple[Project, list[Task]]:
    criteria = [criterion(key="text", na="allowed"), criterion(key="images", na="allowed"), penalty()]
    project = make_project(rubrics=[make_rubric(slug="both", criteria=criteria).name])
    tasks = judged(project, ROWS)
    Query.objects.filter(responses__tasks__in=[tasks[1], tasks[4]]).update(field="Physics")
    Query.objects.filter(responses__tasks=tasks[4]).update(subfield="Optics")
    Response.objects.filter(tasks=tasks[0]).update(system="system-b")
    Task.objects.filter(pk=tasks[2].pk).update(round=2)
    return project, tasks


def test_a_number_opens_the_responses_that_it_is_made_of() -> None:
    project, tasks = study()
    names = {task.pk: number for number, task in enumerate(tasks, start=1)}
    lists = [
        (chosen, [(names[row.task], row.criterion, row.spread) for row in drilldown(project, Selection(**chosen))])
        for chosen, _expected in LISTS
    ]
    assert lists == LISTS


SUNDAY, MONDAY = date(2027, 1, 3).toordinal(), date(2027, 1, 4).toordinal()


def judged_on(monkeypatch: pytest.MonkeyPatch, days: list[list[int]]) -> tuple[Project, list[Task]]:
    """Three responses that ana and bo judged on these days."""
    project = make_project()
    tasks = judged(project, [[4, 2], [6, 1], [3, 3]], names=("ana", "bo"))
    [matrix] = rating_matrices(project)
    matrix = replace(matrix, days=np.array(days))
    monkeypatch.setattr("annotation.flow.agree.drilldown.rating_matrices", lambda _project, _cache: [matrix])
    return project, tasks


def test_a_week_has_the_responses_of_which_two_judgements_were_given_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    project, tasks = judged_on(monkeypatch, [[SUNDAY, MONDAY, MONDAY], [SUNDAY, SUNDAY, MONDAY]])
    weeks = {
        week: list(drilldown(project, Selection(criterion="text", week=week))) for week in ("2026-W53", "2027-W01", "2027-W02")
    }
    assert weeks == {
        "2026-W53": [DrilldownRow(tasks[0].pk, "text", 2)],
        "2027-W01": [DrilldownRow(tasks[2].pk, "text", 0)],
        "2027-W02": [],
    }
    of_any = [row.task for row in drilldown(project, Selection(week="2026-W53"))]
    assert of_any == [tasks[0].pk, tasks[1].pk]


def test_a_week_of_one_annotator_has_what_they_judged_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    project, tasks = judged_on(monkeypatch, [[SUNDAY, MONDAY, SUNDAY], [MONDAY, SUNDAY, MONDAY]])
    lists = {
        names: [row.task for row in drilldown(project, Selection(criterion="text", week="2026-W53", annotators=names))]
        for names in (("ana",), ("bo",), ("ana", "bo"))
    }
    assert lists == {("ana",): [tasks[0].pk, tasks[2].pk], ("bo",): [tasks[1].pk], ("ana", "bo"): []}


def test_ties_are_in_the_order_of_rubric_and_key_in_spite_of_rounding() -> None:
    """Weights such as 0.1 are not exact in binary: distances of two thirds differ in the sixteenth digit."""
    criteria = [criterion(key="text", weight=0.1), criterion(key="images", weight=0.2)]
    rubrics = [make_rubric(slug="b", criteria=criteria)]
    rubrics += [make_rubric(slug="a", category="situational-analysis", criteria=criteria)]
    project = make_project(rubrics=[rubric.name for rubric in rubrics])
    load(project, [record(id=name) for name in ("PBL-1", "PBL-2", "PBL-3", "SA-1", "SA-2")])
    tasks = list(Task.objects.order_by("response__query__external_id"))
    rows = [[(1, 1), (1, 2)], [(2, 4), (2, 5)], [(3, 2), (3, 3)], [(5, 2), (6, 2)], [(5, 4), (5, 5)]]
    for place, name in enumerate(("ana", "bo")):
        user = make_member(project, name)
        for task, row in zip(tasks, rows, strict=True):
            judge(task, user, text=row[place][0], images=row[place][1])
    first, second, third, fourth, fifth = (task.pk for task in tasks)
    equal = [DrilldownRow(pk, "overall", 0.666666667) for pk in (fifth, first, second, third)]
    assert list(drilldown(project, Selection())) == [*equal, DrilldownRow(fourth, "overall", 0.333333333)]
    assert [row.task for row in drilldown(project, Selection(rubric="b@1"))] == [first, second, third]


def test_of_equally_close_ratings_those_on_more_criteria_come_first() -> None:
    keys = ("text", "images", "layout")
    project = make_project(rubrics=[make_rubric(criteria=[criterion(key=key, na="allowed") for key in keys]).name])
    rows = [(4, 4, "na"), (1, 2, 6), (3, "na", 3), (2, 2, 2), ("na", 5, "na"), (1, 2, 2), (1, "na", 2)]
    tasks = judged(project, [[body(scores=dict(zip(keys, row, strict=True)))] for row in rows], names=("ana",))
    names = {task.pk: number for number, task in enumerate(tasks, start=1)}
    rows = [(names[row.task], row.spread) for row in drilldown(project, Selection(annotators=("ana",), habit=ALIKE))]
    assert rows == [(4, 0), (1, 0), (3, 0), (6, 1), (7, 1), (2, 5)]


def two_rubrics_with_times() -> tuple[Project, dict[int, str]]:
    """0 is a time that is not known, None no judgement."""
    project = make_project(rubrics=[make_rubric(slug="b").name, make_rubric(slug="a", category="situational-analysis").name])
    rows: dict[str, tuple[int | None, ...]] = {
        "PBL-1": (40, 20, 80), "PBL-2": (10, 40, None), "PBL-3": (90, 30, 30), "PBL-4": (200, None, None), "PBL-5": (0, 30, None),
        "SA-1": (120, 0, 0), "SA-2": (8, 2, 0), "SA-3": (None, 50, 50), "SA-4": (30, 30, None),
    }  # fmt: skip
    load(project, [record(id=name) for name in rows])
    names = dict(Task.objects.values_list("pk", "response__query__external_id"))
    users = [make_member(project, name) for name in ("ana", "bo", "chen")]
    for task in Task.objects.order_by("response__query__external_id"):
        for user, seconds in zip(users, rows[names[task.pk]], strict=True):
            if seconds is not None:
                judge(task, user, active_seconds=seconds)
    return project, names


def test_times_farthest_from_the_others_come_first_and_those_without_others_last() -> None:
    project, names = two_rubrics_with_times()
    rows = drilldown(project, Selection(annotators=("ana",), habit=PACE))
    assert [(names[row.task], row.criterion, row.spread) for row in rows] == [
        *[("SA-2", "overall", 4), ("PBL-2", "overall", 0.25), ("PBL-3", "overall", 3), ("PBL-1", "overall", 0.8)],
        *[("SA-4", "overall", 1), ("PBL-4", "overall", None), ("SA-1", "overall", None)],
    ]
    assert [names[row.task] for row in drilldown(project, Selection(rubric="b@1", annotators=("ana",), habit=PACE))] == [
        "PBL-2", "PBL-3", "PBL-1", "PBL-4"
    ]  # fmt: skip


@pytest.mark.parametrize("made", [study, two_rubrics_with_times])
def test_an_annotators_lists_are_as_long_as_the_reports_counts(made: Callable[[], tuple[Project, Any]]) -> None:
    project, _names = made()
    rows = agreement_report(project)["annotators"]
    counts = [(row["judgements"], row["halo"]["n"], row["attention"]["n"]) for row in rows]
    chosen = [{"rubric": row["rubric"], "annotators": (row["annotator"],)} for row in rows]
    assert counts == [
        tuple(len(drilldown(project, Selection(**some, habit=habit))) for habit in (None, ALIKE, PACE))  # type: ignore[arg-type]
        for some in chosen
    ]
