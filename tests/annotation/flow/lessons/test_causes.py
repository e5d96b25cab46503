"""Disputes counted by cause, by criterion and by descriptor."""

import pytest

from annotation.flow.lessons import lessons
from tests.annotation.flow.lessons.studies import HARM, IMAGES, TEXT, counted, make_study
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


def test_causes_are_counted_by_what_the_disputes_are_about() -> None:
    project, _tasks = make_study()
    report = lessons(project, for_manager=True)
    everything = counted(rubric_gap=2, slip=1, ambiguity=1)
    assert report["disputes"] == {"disputed": 5, "decided": 4, "responses": 5}
    assert report["causes"] == {
        "total": everything,
        "criterion": [TEXT | counted(rubric_gap=2, slip=1), HARM | counted(ambiguity=1)],
        "levels": [
            {"levels": (1, 4)} | counted(rubric_gap=1),
            {"levels": (2, 5)} | counted(slip=1),
            {"levels": (3, 6)} | counted(rubric_gap=1),
        ],
        "category": [{"category": "project-based-learning"} | everything],
        "field": [{"field": ""} | everything],
    }


def test_the_criteria_and_descriptors_most_often_in_dispute_come_first() -> None:
    project, _tasks = make_study()
    report = lessons(project, for_manager=True)
    assert report["criteria"] == [
        TEXT | {"responses": 6, "disputed": 4, "decided": 3, "share": 4 / 6},
        HARM | {"responses": 6, "disputed": 1, "decided": 1, "share": 1 / 6},
        IMAGES | {"responses": 6, "disputed": 0, "decided": 0, "share": 0.0},
    ]
    assert report["descriptors"] == [
        TEXT | {"level": level, "given": given, "disputed": disputed, "share": disputed / given}
        for level, given, disputed in ((1, 2, 2), (3, 2, 2), (5, 2, 2), (6, 2, 2), (2, 1, 1), (4, 3, 1))
    ]


def test_a_half_done_project_has_no_disputes_where_judgements_are_missing() -> None:
    project = make_project()
    judged(project, [[1, 6, None], [1, 1, 6]])
    assert lessons(project, for_manager=True)["criteria"][0] == TEXT | {
        "responses": 1,
        "disputed": 1,
        "decided": 0,
        "share": 1.0,
    }
