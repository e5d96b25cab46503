"""An assignment exists for the annotator whose it is or was."""

from typing import Any

import pytest

from annotation.flow import score
from annotation.models import Assignment, Project, User
from tests.annotation.flow.score.test_claims import held
from tests.factories import body, responses

pytestmark = pytest.mark.django_db


def test_another_persons_slot_does_not_exist(project: Project, ana: User, bo: User) -> None:
    responses(project)
    slot = held(project, ana)
    for call in (score.submit, score.save_draft):
        with pytest.raises(Assignment.DoesNotExist):
            call(assignment=slot.pk, by=bo, body=body())
    with pytest.raises(Assignment.DoesNotExist):
        score.skip(assignment=slot.pk, by=bo, reason="mine")


def test_what_was_read_once_is_complete_and_not_read_again(project: Project, ana: User, django_assert_num_queries: Any) -> None:
    responses(project)
    claimed = held(project, ana)
    read = score.own_assignment(claimed.pk, ana)
    with django_assert_num_queries(0):
        tasks = [slot.task for slot in (claimed, read, score.own_assignment(read, ana))]
        contents = [
            (task.project.workspace.feedback, task.response.query.external_id, len(task.rubric.criteria.all())) for task in tasks
        ]
    assert contents == [("asked", "PBL-0001", 3)] * 3


def test_an_assignment_that_was_given_back_is_still_the_annotators_to_read(project: Project, ana: User, bo: User) -> None:
    responses(project)
    slot = held(project, ana)
    score.skip(assignment=slot, by=ana, reason="no")
    assert score.own_assignment(slot.pk, ana).annotator is None
    with pytest.raises(Assignment.DoesNotExist):
        score.own_assignment(slot.pk, bo)
