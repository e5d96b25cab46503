"""A scorer's scores come back as arrays in the order of the tasks, over runs and criteria."""

from typing import Any

import numpy as np
import pytest

from annotation.flow.check import read_scores
from annotation.flow.check.scores import CLIPPED, MISSING, READ, UNREADABLE
from annotation.models import Project, Scorer, Task
from tests.annotation.flow.check.scorer_files import keep
from tests.factories import make_project, responses

pytestmark = pytest.mark.django_db
NAN = float("nan")


@pytest.fixture
def project() -> Project:
    project = make_project()
    responses(project, 4)
    return project


def tasks(project: Project) -> list[int]:
    return list(Task.objects.filter(project=project).order_by("response__query__external_id").values_list("pk", flat=True))


def same(values: Any, expected: Any) -> None:
    np.testing.assert_array_equal(values, expected)


def test_scores_stand_in_the_order_of_the_tasks_that_are_asked_for(project: Project) -> None:
    keep(project, (1, 4), (2, 9), (3, "x"))
    keep(project, (1, 2), (3, 3), name="b.csv")
    first, second, third, fourth = tasks(project)
    scores = read_scores(Scorer.objects.get(), [fourth, third, second, first])
    assert scores.runs == (1, 2)
    same(scores.overall, [[NAN, NAN, 6, 4], [NAN, 3, NAN, 2]])
    same(scores.states, [[MISSING, UNREADABLE, CLIPPED, READ], [MISSING, READ, MISSING, READ]])
    same(scores.mean, [NAN, 3, 6, 3])
    same(scores.state, [MISSING, READ, CLIPPED, READ])


def test_without_tasks_all_that_have_a_score_are_read_in_their_order(project: Project) -> None:
    keep(project, (3, 2), (1, 4))
    first, _second, third, _fourth = tasks(project)
    scores = read_scores(Scorer.objects.get())
    same(scores.tasks, [first, third])
    same(scores.overall, [[4, 2]])


def test_a_run_of_criteria_alone_has_the_overall_of_the_rubrics_rule(project: Project) -> None:
    columns = "id,model,score,criterion"
    rows = [(1, 4, "text"), (1, 2, "images"), (1, 1, "harm"), (2, 5, "text"), (3, 3, "images"), (4, "x", "text")]
    keep(project, *rows, columns=columns)
    scores = read_scores(Scorer.objects.get(), tasks(project))
    # images are not always applicable: without a score of them the mean is that of the text
    same(scores.overall, [[2, 5, NAN, NAN]])
    same(scores.states, [[READ, READ, MISSING, UNREADABLE]])
    same(scores.criteria["text"], [[4, 5, NAN, NAN]])
    same(scores.mean_of("images"), [2, NAN, 3, NAN])
    same(scores.criteria["harm"], [[1, NAN, NAN, NAN]])


def test_an_overall_in_the_file_stands_before_the_rule(project: Project) -> None:
    keep(project, (1, 4, "text"), (1, 1, "overall"), (2, 5, "text"), columns="id,model,score,criterion")
    same(read_scores(Scorer.objects.get(), tasks(project)).overall, [[1, 5, NAN, NAN]])


def test_a_scorer_without_scores_of_the_tasks_has_none(project: Project) -> None:
    keep(project, (1, 4))
    other = responses(make_project(slug="other", rubrics=["small"]))
    scores = read_scores(Scorer.objects.get(), [other[0].pk])
    same(scores.state, [MISSING])
    same(read_scores(Scorer.objects.get(), []).overall, np.empty((1, 0)))
    same(read_scores(Scorer.objects.get(), runs=[]).of([1, 2]).mean, [NAN, NAN])
