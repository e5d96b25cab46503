"""Slots by category, system and person, against a study counted by hand."""

import pytest

from annotation.flow import score
from annotation.flow.cohorts import move_member, save_cohort
from annotation.flow.duplicates import resolve
from annotation.flow.watch.counts import by_cohort, in_all, people, slots_by
from annotation.models import Assignment, Query, Task
from tests.factories import claim_task, judge, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


def test_slots_are_counted_by_category_and_system_without_the_withdrawn() -> None:
    project = make_project(overlap=2)
    load(project, [record(1), record(2, model="system-b"), record(3, model="system-b")])
    ana, bo, lea = make_member(project, "ana"), make_member(project, "bo"), make_member(project, "lea", "manager")
    one, two = (Task.objects.get(response__query__external_id=query) for query in ("PBL-0001", "PBL-0002"))
    judge(one, ana)
    judge(two, ana)
    claim_task(two, bo)
    resolve.drop(query=Query.objects.get(external_id="PBL-0003"), by=lea)
    by = slots_by(project)
    assert by == {
        "category": [{"name": "project-based-learning", "slots": 4, "submitted": 2, "held": 1, "open": 1}],
        "system": [
            {"name": "system-a", "slots": 2, "submitted": 1, "held": 0, "open": 1},
            {"name": "system-b", "slots": 2, "submitted": 1, "held": 1, "open": 0},
        ],
    }
    assert in_all(by["system"]) == {"slots": 4, "submitted": 2, "held": 1, "open": 1}


def test_each_person_has_their_own_count_and_the_most_that_is_left_for_them() -> None:
    project = make_project(overlap=2)
    load(project, [record(number) for number in (1, 2, 3)])
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    make_member(project, "lea", "manager")
    tasks = [slot.task for slot in Assignment.objects.filter(number=1).order_by("task__response__query__external_id")]
    judge(tasks[0], ana)
    slot = claim_task(tasks[1], ana)
    score.skip(assignment=slot.pk, by=ana, kind="harmful", reason="")
    claim_task(tasks[2], bo)
    last = Assignment.objects.submitted().get().submitted_at
    save_cohort(project=project, name="experts", categories=[], languages=[])
    move_member(username="bo", project=project, cohort="experts")
    assert people(project, free=5) == [
        {"name": "ana", "title": "ana", "cohort": "", "submitted": 1, "held": 0, "last": last, "skipped": 1, "left": 1},
        {"name": "bo", "title": "bo", "cohort": "experts", "submitted": 0, "held": 1, "last": None, "skipped": 0, "left": 3},
    ]
    assert by_cohort(people(project, free=5)) == [
        {"name": "", "people": 1, "submitted": 1, "held": 0},
        {"name": "experts", "people": 1, "submitted": 0, "held": 1},
    ]
    assert {row["name"]: row["left"] for row in people(project, free=5)} == {
        user.username: score.progress(project=project, by=user).left for user in (ana, bo)
    }


def test_who_scores_no_longer_has_what_they_did_and_nothing_left() -> None:
    project = make_project(overlap=1)
    load(project, [record(1), record(2)])
    ana = make_member(project, "ana")
    judge(Assignment.objects.order_by("pk")[0].task, ana)
    make_member(project, "ana", "manager")
    [row] = people(project, free=1)
    assert by_cohort([row]) == []
    assert (row["name"], row["submitted"], row["left"]) == ("ana", 1, None)
