"""An adjudicator's row has nothing of the scores; a manager's has who has the case, and whether it was mixed in."""

from dataclasses import asdict
from typing import Any

import pytest

from annotation.access.disputes import managers_rows, own_rows
from annotation.flow import adjudicate
from annotation.flow.adjudicate.listing import Filters, adjudicators_list, managers_list
from annotation.flow.setup.rules import change_rules
from annotation.models import Project, User
from rubrics.models import Rubric
from tests.annotation.flow.adjudicate.cases import make_disputed_project, started
from tests.factories import judged, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_disputed_project()
    judged(project, [[1, 5, 4], [4, 4, 4]])
    return project


@pytest.fixture
def ada(project: Project) -> User:
    return make_member(project, "ada", "adjudicator")


def rubrics(project: Project) -> list[Rubric]:
    return list(Rubric.objects.with_content().filter(projects=project))


def test_an_adjudicators_row_is_the_same_whether_disputed_or_mixed_in(project: Project, ada: User) -> None:
    change_rules(project=project, by=None, changes={"undisputed_share": 1.0})
    rows = [asdict(row) for row in own_rows(project, ada, adjudicators_list(project, ada, Filters()), rubrics(project))]
    about: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in rows[0]}
    assert list(about) == ["task", "query", "category", "field", "criteria", "since", "days", "state", "case"]
    assert [len({str(value) for value in about[name]}) for name in ("category", "field", "since", "days", "state", "case")] == [
        1
    ] * 6
    assert (about["state"], about["case"]) == (["waiting"] * 2, [0, 0])


def test_an_adjudicators_row_links_their_own_case(project: Project, ada: User) -> None:
    case = started(project, ada)
    [row] = own_rows(project, ada, adjudicators_list(project, ada, Filters()), rubrics(project))
    assert (row.case, row.state, row.criteria) == (case.pk, "in_hands", ["Text"])
    bea = make_member(project, "bea", "adjudicator")
    assert len(own_rows(project, bea, adjudicators_list(project, bea, Filters()), rubrics(project))) == 0


def test_a_managers_row_tells_all(project: Project, ada: User) -> None:
    change_rules(project=project, by=None, changes={"undisputed_share": 1.0})
    first, second = managers_rows(project, *whole(project))
    rows = {row.query: row for row in (first, second)}
    disputed, mixed = rows["PBL-0001"], rows["PBL-0002"]
    assert (disputed.system, disputed.gap, disputed.mixed_in, disputed.holder) == ("system-a", 4, False, "")
    assert [(item.criterion, item.values) for item in disputed.ratings] == [("Text", [("ana", "1"), ("bo", "5"), ("chen", "4")])]
    assert (mixed.mixed_in, mixed.is_open, mixed.is_ended, mixed.decided_by) == (True, False, False, "")
    adjudicate.claim(project=project, by=ada, task=disputed.task)
    row = next(row for row in managers_rows(project, *whole(project)) if row.task == disputed.task)
    assert (row.holder, row.state, row.is_open, row.mixed_in) == ("ada", "in_hands", True, False)


def whole(project: Project) -> tuple[Any, list[Rubric]]:
    return managers_list(project, Filters())[0], rubrics(project)
