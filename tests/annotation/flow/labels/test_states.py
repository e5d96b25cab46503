"""Each response is in the states that its label is in."""

from typing import Any

import pytest

from annotation.flow import adjudicate
from annotation.flow.labels import LABEL_STATES, cached_outcomes, count_labels, tasks_by_state
from annotation.flow.score import revise
from annotation.flow.setup.rules import change_rules
from annotation.models import Assignment, Project, Task, User
from tests.annotation.flow.adjudicate.cases import settle
from tests.factories import body, criterion, judged, make_member, make_project, make_rubric

pytestmark = pytest.mark.django_db


def revised(task: Task, by: User, **said: Any) -> None:
    slot = Assignment.objects.get(task=task, annotator=by)
    revise.revise(assignment=slot.pk, by=by, body=body(**said))


@pytest.fixture
def project() -> Project:
    """Agreed, adjudicated, disputed, incomplete, unusable, nothing applicable, changed since, agreed by a revision."""
    criteria = [criterion(key="text", na="allowed"), criterion(key="images", na="allowed")]
    project = make_project(rubrics=[make_rubric(criteria=criteria).name])
    change_rules(project=project, by=None, changes={"undisputed_share": 0.0})
    none = body(text="na")
    tasks = judged(
        project, [[4, 4, 4], [1, 5, 4], [1, 5, 4], [4, None, None], [1, 5, 4], [none, none, none], [1, 5, 4], [4, 4, 3]]
    )
    ada, ana = make_member(project, "ada", "adjudicator"), User.objects.get(username="ana")
    for number in (1, 4, 6):
        review = adjudicate.claim(project=project, by=ada, task=tasks[number].pk)
        assert review
        if number == 4:
            adjudicate.mark_unusable(case=review.adjudication_id, by=ada, reason="The image is broken.")
        else:
            settle(review.adjudication, ada, {"text": 3})
    revised(tasks[6], ana, text=4)
    revised(tasks[7], ana, text=3)
    return project


def test_every_state_has_its_responses(project: Project) -> None:
    names = dict(Task.objects.filter(project=project).values_list("pk", "response__query__external_id"))
    found = tasks_by_state(cached_outcomes(project))
    assert {state: sorted(int(names[task][-1]) for task in tasks.tolist()) for state, tasks in found.items()} == {
        "agreed": [1, 8],
        "adjudicated": [2, 7],
        "not_judged": [4],
        "disputed": [3],
        "unusable": [5],
        "not_applicable": [6],
        "changed": [7],
        "revised": [8],
    }
    assert list(found) == list(LABEL_STATES)


def test_the_states_add_up_to_the_counts_of_labels(project: Project) -> None:
    found = {state: len(tasks) for state, tasks in tasks_by_state(cached_outcomes(project)).items()}
    counts = count_labels(project)
    assert found["agreed"] + found["adjudicated"] == counts.pop("labelled")
    assert counts == {reason: found[reason] for reason in counts}
