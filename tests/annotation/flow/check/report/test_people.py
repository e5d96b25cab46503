"""First, independent ratings stand beside a scorer's scores, and each comparison with people is that of agreement.scorer."""

import numpy as np
import pytest

from annotation.agreement.scorer import against_people, prmse
from annotation.flow.check.report.people import first_ratings, people
from annotation.flow.judgements import ProjectCache
from tests.annotation.flow.check.report.drawn import scored
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db
RATINGS = [[4, 4, 5], [1, 2, 3], [5, 3, None], [2, 2, 2]]


def test_first_ratings_are_in_the_order_of_the_tasks_and_those_who_gave_none_are_left_out() -> None:
    project = make_project()
    tasks = judged(project, [*RATINGS, [None, None, None]], names=("ana", "bo", "chen", "dee"))
    asked = np.array([tasks[2].pk, 9_999, tasks[0].pk])
    names, ratings = first_ratings(asked, project, ProjectCache(project))
    assert names == ["ana", "bo", "chen"]
    np.testing.assert_array_equal(ratings, [[5, np.nan, 4], [3, np.nan, 4], [np.nan, np.nan, 5]])


def test_the_three_comparisons_are_of_the_same_ratings() -> None:
    project = make_project()
    tasks = judged(project, RATINGS)
    of = scored([4, 2, 3, 2], [13 / 3, 2, 4, 2], tasks=np.array([task.pk for task in tasks]), queries=np.arange(4))
    ratings = np.array([[np.nan if value is None else value for value in row] for row in RATINGS], dtype=float).T
    report = people(of, project, ProjectCache(project))
    assert report["prmse"]["prmse"]["value"] == prmse(of.scores, ratings).prmse.value
    others = against_people(of.scores, ratings)
    assert report["against_others"]["mean"]["rmse"]["value"] == others.mean.rmse.value
    assert [row["annotator"] for row in report["against_others"]["annotators"]] == ["ana", "bo", "chen"]
    assert report["alternative_test"]["passes"] is None
    assert report["alternative_test"]["left_out"] == ["ana", "bo", "chen"]


def test_without_ratings_each_figure_has_its_reason() -> None:
    report = people(scored([1, 2], [1, 2]), project := make_project(), ProjectCache(project))
    assert report["prmse"]["prmse"]["reason"] == "no response with a score has a first rating"
    reasons = {figure["reason"] for figure in report["against_others"]["mean"].values()}
    assert (reasons, report["against_others"]["annotators"]) == ({"no annotator has such a figure"}, [])
