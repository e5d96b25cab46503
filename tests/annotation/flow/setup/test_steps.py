"""Each step is done when the database says so; leaving and coming back changes nothing."""

import pytest
from django.utils import timezone

from annotation.flow.setup.rules import change_rules
from annotation.flow.setup.steps import Step, next_step, steps_of
from annotation.models import Project
from tests.factories import judge, make_member, make_project, responses

pytestmark = pytest.mark.django_db


def state(project: Project) -> list[tuple[str, bool, tuple[str, ...]]]:
    return [(step.key, step.done, step.missing) for step in steps_of(project)]


LACKING = (
    "3 more annotators: a response is scored by 3.",
    "An adjudicator, who decides where annotators differ too much.",
    "A manager.",
)


def test_of_a_new_project_all_but_rubrics_and_rules_is_missing() -> None:
    project = make_project()
    assert state(project) == [
        ("rubrics", True, ()),
        ("data", False, ("Queries and responses, in a file.",)),
        ("people", False, LACKING),
        ("rules", True, ()),
        ("start", False, ("The steps before.",)),
    ]
    assert next_step(project) == Step("data", False, "0 responses.", ("Queries and responses, in a file.",))


def test_a_step_is_done_when_what_it_needs_is_there() -> None:
    project = make_project(overlap=1)
    [task] = responses(project)
    people = [make_member(project, *who) for who in (("ana",), ("ada", "adjudicator"), ("lea", "manager"), ("eva", "expert"))]
    change_rules(project=project, by=people[2], changes={"cut_off": 3})
    steps = steps_of(project)
    assert [(step.key, step.done, step.state) for step in steps] == [
        ("rubrics", True, "Small"),
        ("data", True, "1 response."),
        ("people", True, "annotators: 1, adjudicators: 1, experts: 1, managers: 1"),
        ("rules", True, "Changed for this project."),
        ("start", False, "Ready."),
    ]
    judge(task, people[0])
    assert (steps_of(project)[-1].state, next_step(project)) == ("Scoring has begun.", None)


def test_people_who_cannot_sign_in_do_not_count_and_managers_only_where_they_may_decide() -> None:
    project = make_project(overlap=1, larger_share=0.5, larger_overlap=2)
    for who in (("ana",), ("bo",), ("lea", "manager")):
        make_member(project, *who)
    user = make_member(project, "cai")
    user.is_active = False
    user.save()
    assert steps_of(project)[2].missing == ("An adjudicator, who decides where annotators differ too much.",)
    change_rules(project=project, by=None, changes={"deciders": "managers"})
    assert steps_of(project)[2].missing == ()


def test_what_another_project_has_does_not_count() -> None:
    other = make_project(slug="other")
    responses(other, 2)
    project = make_project(rubrics=["small"])
    assert [step.done for step in steps_of(project)] == [True, False, False, True, False]


def test_a_closed_project_has_started() -> None:
    project = make_project()
    project.closed_at = timezone.now()
    assert steps_of(project)[-1] == Step("start", True, "The project is closed.")
