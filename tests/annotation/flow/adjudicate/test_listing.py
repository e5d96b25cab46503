"""The list of what waits: sorted and filtered, whole for managers, an adjudicator's own part without marks."""

from typing import Any

import pytest

from annotation.flow import adjudicate
from annotation.flow.adjudicate.listing import (
    SORTS,
    Filters,
    adjudicators_list,
    deciders,
    filtered,
    managers_entry,
    managers_list,
)
from annotation.flow.labels import count_labels
from annotation.flow.setup.rules import change_rules
from annotation.models import Project, Query, Task, User
from tests.annotation.flow.adjudicate.cases import make_disputed_project, settle, started
from tests.factories import body, judged, make_member

pytestmark = pytest.mark.django_db
ROWS: list[list[Any]] = [[1, 5, 4], [6, 3, 4], [4, 4, body(text=4, penalties=["harm"])], [4, 4, 5]]


@pytest.fixture
def project() -> Project:
    project = make_disputed_project()
    for task, field in zip(judged(project, ROWS), ("b", "a", "b", "a"), strict=True):
        Query.objects.filter(responses__tasks=task).update(field=field)
    return project


@pytest.fixture
def ada(project: Project) -> User:
    return make_member(project, "ada", "adjudicator")


def queries(project: Project, **filters: Any) -> list[str]:
    chosen = Filters(**filters)
    queue, _counts = managers_list(project, chosen)
    found: list[str] = filtered(queue, chosen, int(queue.since.max(initial=0)) + 3).queries.tolist()
    return found


def test_every_column_sorts_both_ways_and_leaves_the_order_of_what_is_alike(project: Project) -> None:
    seeded = queries(project)
    fields = {"PBL-0001": "b", "PBL-0002": "a", "PBL-0003": "b"}
    assert queries(project, sort="gap") == ["PBL-0003", "PBL-0002", "PBL-0001"]
    assert queries(project, sort="-gap") == ["PBL-0001", "PBL-0002", "PBL-0003"]
    assert queries(project, sort="field") == sorted(seeded, key=fields.__getitem__)
    assert queries(project, sort="-field") == sorted(seeded, key=fields.__getitem__, reverse=True)
    assert queries(project, sort="-criterion") == [*[name for name in seeded if name != "PBL-0003"], "PBL-0003"]
    for sort in (*SORTS, *(f"-{name}" for name in SORTS), "", "speed"):
        assert sorted(queries(project, sort=sort)) == ["PBL-0001", "PBL-0002", "PBL-0003"]


def test_the_age_is_at_least_so_many_days(project: Project) -> None:
    assert (len(queries(project, age=3)), len(queries(project, age=4))) == (3, 0)


def test_what_is_reopened_counts_as_in_dispute_as_its_label_does(project: Project, ada: User) -> None:
    change_rules(project=project, by=None, changes={"undisputed_share": 1.0})
    lea = make_member(project, "lea", "manager")
    undisputed = Task.objects.get(response__query__external_id="PBL-0004").pk
    review = adjudicate.claim(project=project, by=ada, task=undisputed)
    assert review
    answers = {row.criterion.key: row.criterion for row in review.adjudication.decisions.select_related("criterion")}
    settle(
        review.adjudication, ada, {key: "na" if key == "images" else 4 if one.is_rated else False for key, one in answers.items()}
    )
    adjudicate.reopen(case=review.adjudication_id, by=lea, reason="Look again.")
    found = queries(project, state="undecided", kind="disputed")
    assert (sorted(found), count_labels(project)["disputed"]) == (["PBL-0001", "PBL-0002", "PBL-0003", "PBL-0004"], 4)
    assert queries(project, kind="mixed_in") == []


def test_an_entry_is_the_responses_own_wherever_it_stands(project: Project, ada: User) -> None:
    tasks = dict(Task.objects.values_list("response__query__external_id", "pk"))
    case = started(project, ada)
    settle(case, ada, {key: False if key == "harm" else 4 for key in case.decisions.values_list("criterion__key", flat=True)})
    entries = {name: managers_entry(project, pk) for name, pk in tasks.items()}
    states = {name: entry.states.tolist() for name, entry in entries.items() if entry.tasks.tolist() in ([], [tasks[name]])}
    decided = case.task.response.query.external_id
    assert states == {name: ["decided"] if name == decided else [] if name == "PBL-0004" else ["waiting"] for name in tasks}


def test_the_states_are_counted_over_all(project: Project, ada: User) -> None:
    started(project, ada)
    for state in ("", "in_hands", "decided", "changed"):
        assert dict(managers_list(project, Filters(state=state))[1]) == {"waiting": 2, "in_hands": 1}


def test_an_adjudicators_reopened_and_second_cases_wait_like_any_other(project: Project, ada: User) -> None:
    bea, lea = make_member(project, "bea", "adjudicator"), make_member(project, "lea", "manager")
    case = started(project, bea)
    settle(case, bea, {key: False if key == "harm" else 4 for key in case.decisions.values_list("criterion__key", flat=True)})
    change_rules(project=project, by=None, changes={"second_share": 1.0})
    assert adjudicators_list(project, ada, Filters()).states.tolist() == ["waiting"] * 3
    adjudicate.reopen(case=case.pk, by=lea, reason="Look again.")
    assert adjudicators_list(project, ada, Filters()).states.tolist() == ["waiting"] * 3


def test_an_adjudicator_never_gets_what_they_annotated(project: Project) -> None:
    ana = make_member(project, "ana", "adjudicator")
    assert adjudicators_list(project, ana, Filters()).queries.tolist() == []


def test_those_who_may_decide_are_named_by_the_rules(project: Project, ada: User) -> None:
    make_member(project, "lea", "manager")
    names = [member.user.username for member in deciders(project)]
    change_rules(project=project, by=None, changes={"deciders": "managers"})
    assert (names, [member.user.username for member in deciders(project)]) == (["ada"], ["ada", "lea"])
