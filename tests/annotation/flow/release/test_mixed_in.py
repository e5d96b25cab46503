"""Decisions on responses that were not in dispute, as a release counts them."""

import json
from pathlib import Path

import pytest

from annotation.flow import adjudicate
from annotation.flow.release import release
from annotation.models import Rules, Task
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("share", "counted"), [(0, {}), (1, {"mixed_in": 1})])
def test_a_decision_where_nothing_was_in_dispute_is_counted_apart(tmp_path: Path, share: int, counted: dict[str, int]) -> None:
    project = make_project()
    judged(project, [[4, 4, 4], [3, 4, 4], [1, 1, 6]])
    Rules.objects.update(undisputed_share=share)
    project.refresh_from_db()
    ada = make_member(project, "ada", "adjudicator")
    answers = {"text": 2, "images": "na", "harm": False}
    for task in Task.objects.filter(response__query__external_id__in=["PBL-0001", "PBL-0003"]):  # the second is in dispute
        if review := adjudicate.claim(project=project, by=ada, task=task.pk):
            asked = [decision.criterion.key for decision in review.adjudication.decisions.all()]
            adjudicate.score_blind(case=review.adjudication_id, by=ada, answers={key: answers[key] for key in asked})
            made = {key: {"score": answers[key], "cause": "slip", "reason": "x"} for key in asked}
            adjudicate.decide(case=review.adjudication_id, by=ada, decisions=made)
    release(project=project, out=tmp_path / "out")
    counts = json.loads((tmp_path / "out" / "manifest.json").read_text())["counts"]
    assert {name: number for name, number in counts.items() if name in ("adjudicated", "mixed_in")} == {
        "adjudicated": 1 + share
    } | counted
