"""What was submitted is read back whole, and becomes the body that a revision begins with."""

from typing import Any

import pytest

from annotation.flow import score
from annotation.flow.score import readback, revise
from annotation.flow.setup.workspace import change_workspace, set_error_types
from annotation.models import Assignment, Project, User
from tests.annotation.flow.score.test_claims import held
from tests.factories import body, responses

pytestmark = pytest.mark.django_db
REMARKS: dict[str, Any] = {
    "notes": {"text": "One slip."},
    "block_notes": [{"part": "query", "block": 1, "text": "Which year?"}],
    "errors": [{"type": "generation-adaptability", "block": 1}, {"type": "complex-reasoning", "block": None}],
    "confidence": {"text": 2},
}
SUBMITTED = body(text=5, penalties=["harm"], feedback="Well.", active_seconds=42, **REMARKS)


@pytest.fixture
def slot(project: Project, ana: User) -> Assignment:
    change_workspace(project=project, by=None, changes={"confidence": "asked"})
    responses(project)
    slot = held(project, ana)
    score.submit(assignment=slot, by=ana, body=SUBMITTED)
    return score.own_assignment(slot.pk, ana)


def test_a_submission_is_read_back_with_its_notes_penalties_and_overall(slot: Assignment, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        newest = readback.newest(slot)
    assert [(answer.score.criterion.key, answer.score.answer, answer.note) for answer in newest.answers] == [
        ("text", 5, "One slip."),
        ("images", "na", ""),
    ]
    assert newest.overall
    assert ([criterion.key for criterion in newest.penalties], newest.overall.value, newest.revision.feedback) == (
        ["harm"],
        4,
        "Well.",
    )


def test_the_body_of_a_revision_is_what_was_submitted_but_for_the_time(slot: Assignment) -> None:
    assert readback.as_body(readback.newest(slot)) == SUBMITTED | {"active_seconds": 0}


def test_the_newest_revision_counts_and_errors_that_are_no_longer_offered_are_left_out(slot: Assignment, ana: User) -> None:
    revise.revise(assignment=slot, by=ana, body=SUBMITTED | {"scores": {"text": 2, "images": "na"}})
    set_error_types(project=slot.project, by=None, titles=[("Complex reasoning", "")])
    assert readback.as_body(readback.newest(slot)) == SUBMITTED | {
        "active_seconds": 0,
        "scores": {"text": 2, "images": "na"},
        "errors": [{"type": "complex-reasoning", "block": None}],
    }
