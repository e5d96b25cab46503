"""What a rating matrix, and a column of it, says of its arrays."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from annotation.flow.judgements import RatingMatrix, rating_matrices
from annotation.flow.judgements.matrix import iso_week, week_number
from annotation.models import Project, User
from tests.factories import body, judged, make_project

pytestmark = pytest.mark.django_db
ROWS = [[4, 2, None], [body(text=6, penalties=["harm"]), None, 1], [3, 3, 5], [None, None, None]]


def nested(array: Any) -> list[list[float | None]]:
    return [[None if value != value else value for value in row] for row in array.tolist()]


@pytest.fixture
def project() -> Project:
    project = make_project()
    judged(project, ROWS)
    return project


@pytest.fixture
def matrix(project: Project) -> RatingMatrix:
    [matrix] = rating_matrices(project)
    return matrix


def test_it_tells_who_submitted_and_each_overall(matrix: RatingMatrix) -> None:
    assert matrix.submitted.tolist() == [[True, True, True, False], [True, False, True, False], [False, True, True, False]]
    assert nested(matrix.overall) == [[4, 5, 3, None], [2, None, 3, None], [None, 1, 5, None]]
    assert ([criterion.key for criterion in matrix.rated_criteria], matrix.scale) == (["text", "images"], range(1, 7))


def test_a_part_has_the_responses_of_the_mask(matrix: RatingMatrix) -> None:
    part = matrix.part(np.array([True, False, True, False]))
    assert (nested(part.values["text"]), part.queries.tolist()) == ([[4, 3], [2, 3], [None, 5]], [0, 2])
    assert (part.query_ids.tolist(), part.complete.tolist()) == (["PBL-0001", "PBL-0003"], [False, True])
    assert (part.annotators, part.about["system"].tolist()) == (matrix.annotators, ["system-a", "system-a"])
    assert nested(part.overall) == [[4, 3], [2, 3], [None, 5]]


def test_a_judgement_is_of_the_iso_week_of_its_day(matrix: RatingMatrix) -> None:
    sunday, monday = date(2027, 1, 3).toordinal(), date(2027, 1, 4).toordinal()
    days = np.array([[sunday, sunday, monday, 0], [sunday - 7, monday, 0, 0], [0, 0, 0, 0]])
    dated = replace(matrix, days=days)
    weeks = {week: part.submitted.astype(int).tolist() for week, part in dated.weekly()}
    assert weeks == {
        "2026-W52": [[0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]],
        "2026-W53": [[1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
        "2027-W01": [[0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]],
    }
    assert [list(replace(matrix, days=days[:, :0]).weekly()), list(replace(matrix, days=days[:0]).weekly())] == [[], []]
    assert dated.own_weeks.tolist() == [["2026-W53", "2026-W53", "2027-W01", ""], ["2026-W52", "2027-W01", "", ""], [""] * 4]
    assert iso_week(0) == ""


def test_a_column_tells_of_one_task(matrix: RatingMatrix) -> None:
    second = matrix.columns[1]
    assert (second.id, second.complete, second.rubric) == (int(matrix.tasks[1]), False, matrix.rubric)
    assert second.key == ("PBL-0002", "system-a", 0, "small@1")
    assert (second.query, second.system, second.sample) == second.key[:3]
    assert (second.category, second.field, second.subfield) == ("project-based-learning", "", "")


def test_a_column_has_the_ratings_of_those_who_judged_the_task(matrix: RatingMatrix) -> None:
    first, second, third, fourth = matrix.columns
    assert [column.annotators for column in matrix.columns] == [["ana", "bo"], ["ana", "chen"], ["ana", "bo", "chen"], []]
    assert second.annotator_pks == [User.objects.get(username=name).pk for name in ("ana", "chen")]
    assert [column.ratings("text") for column in matrix.columns] == [[4, 2], [6, 1], [3, 3, 5], []]
    assert (second.ratings("harm"), second.ratings("images"), second.overalls) == ([1, 0], [None, None], [5, 1])
    assert (first.overalls, third.overalls, fourth.overalls) == ([4, 2], [3, 3, 5], [])


def test_weeks_that_follow_each_other_have_numbers_that_do() -> None:
    first = week_number("2026-W52")
    assert [week_number(week) - first for week in ("2026-W53", "2027-W01", "2027-W52", "2028-W01")] == [1, 2, 53, 54]
