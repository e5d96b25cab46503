"""The responses behind a number, by the state of their labels."""

from typing import Any

import pytest

from annotation.flow.agree.by_label import drilldown_by_label
from annotation.flow.agree.drilldown import Selection, drilldown
from annotation.models import Project, Task
from tests.annotation.flow.adjudicate.cases import make_disputed_project, settle, started
from tests.factories import judged, make_member

pytestmark = pytest.mark.django_db
NONE = dict.fromkeys(("not_applicable", "unusable", "changed", "revised"), 0)


@pytest.fixture
def project() -> Project:
    project = make_disputed_project()
    judged(project, [[1, 5, 4], [2, 6, 5], [4, 4, 5], [3, None, None]])
    ada = make_member(project, "ada", "adjudicator")
    settle(started(project, ada), ada, {"text": 3})
    return project


def shown(project: Project, **selection: Any) -> tuple[list[str], dict[str, int]]:
    rows, counts = drilldown_by_label(project, Selection(**selection))
    names = dict(Task.objects.values_list("pk", "response__query__external_id"))
    return sorted(names[row.task][-1] for row in rows), counts


def test_a_state_combines_with_every_other_part_and_is_counted_within_it(project: Project) -> None:
    all_states = {"agreed": 1, "adjudicated": 1, "disputed": 1, "not_judged": 1} | NONE
    rated = all_states | {"not_judged": 0}
    assert shown(project) == (["1", "2", "3", "4"], all_states)
    assert shown(project, label="agreed") == (["3"], all_states)
    assert shown(project, label="not_judged") == (["4"], all_states)
    assert shown(project, label="not_judged", criterion="text") == ([], rated)
    assert shown(project, label="agreed", criterion="text", annotators=("ana", "bo"), levels=(4, 4)) == (
        ["3"],
        {"agreed": 1, "adjudicated": 0, "disputed": 0, "not_judged": 0} | NONE,
    )
    adjudicated, disputed = (shown(project, label=label)[0] for label in ("adjudicated", "disputed"))
    assert sorted(adjudicated + disputed) == ["1", "2"]


def test_the_order_is_that_of_the_drill_down(project: Project) -> None:
    rows, _counts = drilldown_by_label(project, Selection(criterion="text"))
    assert list(rows) == list(drilldown(project, Selection(criterion="text")))
