"""The overall of a judgement is the same from a submission, a draft and a stored revision; an open criterion leaves none."""

from fractions import Fraction
from typing import Any

import pytest

from annotation.flow import score
from annotation.flow.score import overall, submission
from annotation.flow.score.overall import Overall
from annotation.models import Project, User
from tests.annotation.flow.score.test_claims import held
from tests.factories import body, responses

pytestmark = pytest.mark.django_db
JUDGEMENT = body(text=5, images="na", penalties=["harm"])


def test_submission_draft_and_revision_have_the_same_overall(project: Project, ana: User) -> None:
    responses(project)
    slot = held(project, ana)
    of_submission = overall.of_submission(slot.task.rubric, submission.read(slot.task, JUDGEMENT, complete=True))
    of_draft = overall.of_draft(slot.task, JUDGEMENT)
    revision, _new = score.submit(assignment=slot, by=ana, body=JUDGEMENT)
    scores = revision.scores.select_related("criterion", "level")
    assert {of_submission, of_draft, overall.of_revision(slot.task.rubric, revision, scores)} == {
        Overall(Fraction(4), "mean 5, less 1 for Harm")
    }
    assert of_draft
    assert of_draft.as_content() == {"value": 4.0, "text": "4", "reason": "mean 5, less 1 for Harm"}


@pytest.mark.parametrize("content", [{}, {"scores": {"text": 5}}, {"scores": {"images": "na"}, "penalties": ["harm"]}])
def test_an_open_criterion_leaves_no_overall(project: Project, ana: User, content: dict[str, Any]) -> None:
    responses(project)
    assert overall.of_draft(held(project, ana).task, content) is None
