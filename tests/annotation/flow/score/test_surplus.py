"""What a task has too many of goes: open slots, the highest numbers first, and nothing that somebody holds or has judged."""

import pytest

from annotation.flow.leave import end_member
from annotation.flow.score import concerns
from annotation.flow.score.surplus import withdraw_surplus
from annotation.models import Assignment, Project, Task
from tests.factories import claim_task, judge, make_member, make_project, responses

pytestmark = pytest.mark.django_db


def lower(project: Project, overlap: int) -> None:
    Project.objects.filter(pk=project.pk).update(overlap=overlap)


def open_numbers(task: Task) -> list[int]:
    return list(Assignment.objects.open().filter(task=task).order_by("number").values_list("number", flat=True))


def test_the_highest_open_numbers_go_until_the_overlap_fits() -> None:
    project = make_project(overlap=4)
    first, second = responses(project, 2)
    judge(first, make_member(project, "ana"))
    lower(project, 2)
    assert (withdraw_surplus([first.pk]), open_numbers(first), open_numbers(second)) == (2, [2], [1, 2, 3, 4])
    assert (withdraw_surplus([first.pk]), withdraw_surplus([])) == (0, 0)


@pytest.mark.parametrize("given_back", ["skipped", "left"])
def test_what_was_held_as_the_overlap_fell_goes_when_it_is_given_back(given_back: str) -> None:
    project = make_project(overlap=2)
    [task] = responses(project)
    make_member(project, "lea", "manager")
    judge(task, make_member(project, "ana"))
    slot = claim_task(task, make_member(project, "bo"))
    lower(project, 1)
    assert withdraw_surplus([task.pk]) == 0
    if given_back == "skipped":
        concerns.skip(assignment=slot.pk, by=slot.annotator, kind="harmful", reason="")
    else:
        end_member(username="bo", project=project)
    assert (open_numbers(task), Assignment.objects.submitted().count()) == ([], 1)
