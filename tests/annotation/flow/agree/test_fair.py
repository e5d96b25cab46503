from typing import Any

import numpy as np
import pytest

from annotation.agreement import fair_values
from annotation.flow.agree import agreement_report
from annotation.flow.score import revise
from annotation.models import Assignment
from tests.factories import body, judged, make_project

pytestmark = pytest.mark.django_db

LEVELS = [[4, 5, 5], [1, 2, 1], [3, 3, 4], [2, 2, 4], [6, 5, 6], [3, 2, 3], [1, 4, 6], [4, 4, 5]]


def rows(project: Any) -> Any:
    return agreement_report(project, resamples=None)["fair"]


def test_a_row_says_how_far_fair_labels_lie_from_the_means_and_how_sure_they_are() -> None:
    project = make_project()
    judged(project, LEVELS)
    fair, means = fair_values(np.array(LEVELS, dtype=float).T, ends=(1, 6)), np.mean(LEVELS, axis=1)
    text, images, overall = rows(project)
    assert text == {
        "rubric": "small@1",
        "criterion": "text",
        "items": 8,
        "mean_absolute_difference": pytest.approx(np.abs(fair.values - means).mean()),
        "mean_se": pytest.approx(fair.errors.mean()),
        "reason": None,
        "groups": [],
    }
    assert images == {
        "rubric": "small@1",
        "criterion": "images",
        "items": 0,
        "mean_absolute_difference": None,
        "mean_se": None,
        "reason": "nothing has been rated",
        "groups": [],
    }
    assert (overall["criterion"], overall["items"]) == ("overall", 8)


def test_annotators_who_share_no_response_are_named() -> None:
    project = make_project(overlap=2)
    names = ("ana", "bo", "chen", "dee")
    judged(project, [[4, 5, None, None], [2, 3, None, None], [None, None, 4, 6], [None, None, 1, 2]], names)
    text = rows(project)[0]
    assert text["reason"] == "the annotators fall into groups that share no response"
    assert text["groups"] == [["ana", "bo"], ["chen", "dee"]]


def test_fair_labels_take_revisions_where_agreement_does_not() -> None:
    project = make_project()
    tasks = judged(project, LEVELS)
    before = agreement_report(project, resamples=None)
    slot = Assignment.objects.get(task=tasks[0], annotator__username="ana")
    revise.revise(assignment=slot.pk, by=slot.annotator, body=body(text=1))
    after = agreement_report(project, resamples=None)
    assert after["groups"] == before["groups"]
    assert after["fair"][0]["mean_se"] > before["fair"][0]["mean_se"]


def test_a_project_without_responses_has_no_rows() -> None:
    assert rows(make_project()) == []
