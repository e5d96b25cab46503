"""A row per disputed criterion, with what was decided."""

import pytest

from annotation.flow.judgements import ProjectCache
from annotation.flow.lessons import Dispute, Selection, chosen, read_disputes
from annotation.flow.lessons.disputes import direction
from annotation.models import Adjudication, Project
from tests.annotation.flow.lessons.studies import make_study

pytestmark = pytest.mark.django_db


def rows(project: Project) -> list[Dispute]:
    return read_disputes(ProjectCache(project))[0]


def test_each_disputed_criterion_is_a_row_with_its_ratings_and_what_was_decided() -> None:
    project, tasks = make_study()
    cases = {case.task_id: case.pk for case in Adjudication.objects.all()}
    pks = [task.pk for task in tasks]

    def row(place: int, *rest: object, criterion: str = "text") -> Dispute:
        about = (pks[place], "small@1", criterion, f"PBL-{place + 1:04}", "project-based-learning", "")
        return Dispute(*about, *rest)  # type: ignore[arg-type]

    assert rows(project) == [
        row(0, "levels", (1, 4), (1, 4), 2.0, cases[pks[0]], 2, "rubric_gap", f"Why {pks[0]}"),
        row(1, "levels", (3, 6), (3, 5, 6), 14 / 3, cases[pks[1]], 5, "rubric_gap", f"Why {pks[1]}"),
        row(2, "levels", (2, 5), (2, 5), 4.0, cases[pks[2]], 4, "slip", f"Why {pks[2]}"),
        row(3, "levels", (1, 6), (1, 3, 6), 10 / 3),
        row(5, "penalty", None, (), None, cases[pks[5]], False, "ambiguity", f"Why {pks[5]}", criterion="harm"),
    ]


def test_a_selection_restricts_by_everything_that_a_number_is_about() -> None:
    project, tasks = make_study()
    disputes = rows(project)

    def places(**selection: object) -> list[int]:
        return [[task.pk for task in tasks].index(row.task) for row in chosen(disputes, Selection(**selection))]  # type: ignore[arg-type]

    assert places() == [0, 1, 2, 3, 5]
    assert places(cause="rubric_gap") == [0, 1]
    assert places(criterion="harm") == [5]
    assert places(rubric="small@2") == []
    assert places(levels=(3, 6)) == [1]
    assert places(level=1) == [0, 3]
    assert places(over="penalty") == [5]
    assert places(category="project-based-learning", field="") == [0, 1, 2, 3, 5]
    assert places(field="law") == []
    assert places(direction="same") == [0, 1, 2]


def test_a_decision_more_than_half_a_level_from_the_mean_has_a_direction() -> None:
    base = Dispute(1, "small@1", "text", "q", "", "", "levels", (1, 4), (1, 4), 2.5)
    decided = [base._replace(decision=level) for level in (1, 2, 3, 4)]
    assert [direction(dispute) for dispute in decided] == ["lower", "lower", "higher", "higher"]
    assert direction(base._replace(decision=3, mean=3.3)) == "same"
    assert [direction(base._replace(decision=other)) for other in ("na", None)] == [None, None]
    assert direction(base._replace(over="penalty", mean=None, decision=True)) is None


def test_a_project_without_judgements_has_none() -> None:
    from tests.factories import make_project

    assert rows(make_project()) == []
