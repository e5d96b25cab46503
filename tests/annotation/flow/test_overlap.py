"""The annotators per response rise and fall while people score; what was judged stays, and later loads follow."""

from typing import Any

import pytest

from annotation.errors import ValidationError
from annotation.flow import score
from annotation.flow.duplicates import resolve
from annotation.flow.overlap import Fitted, Plan, plan, read_overlap, set_overlap
from annotation.models import Assignment, Event, Project, Query, Task
from tests.factories import claim_task, judge, load, make_member, make_project, record, responses

pytestmark = pytest.mark.django_db


def slots(project: Project) -> dict[str, list[int]]:
    """The numbers of the slots that are not withdrawn, by query."""
    of_query: dict[str, list[int]] = {}
    rows = Assignment.objects.filter(project=project).not_withdrawn().order_by("number")
    for query, number in rows.values_list("task__response__query__external_id", "number"):
        of_query.setdefault(query, []).append(number)
    return of_query


def test_raising_adds_slots_behind_all_others_for_what_is_done_too() -> None:
    project = make_project(overlap=2)
    first, second = responses(project, 2)
    for name in ("ana", "bo"):
        judge(first, make_member(project, name))
    assert set_overlap(project=project, changes={"overlap": 3}) == Fitted(slots_added=2)
    assert slots(project) == {"PBL-0001": [1, 2, 3], "PBL-0002": [1, 2, 3]}
    behind = Assignment.objects.filter(position__gt=4).order_by("position")
    assert list(behind.values_list("position", "number", "reason")) == [(5, 3, "initial"), (6, 3, "initial")]
    assert {slot.task_id for slot in behind} == {first.pk, second.pk}
    load(project, [record(3)])
    assert slots(project)["PBL-0003"] == [1, 2, 3]
    [event] = Event.objects.filter(verb="overlap_changed")
    assert event.data == {"overlap": [2, 3]}


def test_the_same_state_and_seed_give_the_same_order_and_responses_to_a_query_stay_apart() -> None:
    orders = []
    for slug in ("a", "b"):
        project = make_project(slug=slug, overlap=1, rubrics=["small"] if orders else ())
        responses(project, 30)
        set_overlap(project=project, changes={"overlap": 3})
        rows = Assignment.objects.filter(project=project, position__gt=30).order_by("position")
        orders.append(list(rows.values_list("task__response__query__external_id", "number")))
    assert orders[0] == orders[1] != sorted(orders[0])
    queries = [query for query, _number in orders[0]]
    assert all(query not in queries[max(0, place - 4) : place] for place, query in enumerate(queries))


def test_lowering_withdraws_what_nobody_has_begun_and_keeps_the_rest() -> None:
    project = make_project(overlap=3)
    tasks = responses(project, 4)
    people = [make_member(project, name) for name in ("ana", "bo", "cai")]
    for user in people:
        judge(tasks[0], user)
    judge(tasks[1], people[0])
    held = claim_task(tasks[1], people[1])
    assert set_overlap(project=project, changes={"overlap": 1}) == Fitted(slots_withdrawn=5, kept=2)
    assert slots(project) == {"PBL-0001": [1, 2, 3], "PBL-0002": [1, 2], "PBL-0003": [1], "PBL-0004": [1]}
    score.submit(assignment=held.pk, by=people[1], body={"scores": {"text": 3, "images": "na"}})
    assert Assignment.objects.submitted().count() == 5


def test_raising_after_lowering_gives_new_numbers_and_nobody_judges_twice() -> None:
    project = make_project(overlap=2)
    [task] = responses(project)
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    judge(task, ana)
    set_overlap(project=project, changes={"overlap": 1})
    assert score.claim(project=project, by=bo) is None
    set_overlap(project=project, changes={"overlap": 2})
    assert slots(project) == {"PBL-0001": [1, 3]}
    assert score.claim(project=project, by=ana) is None
    claimed = score.claim(project=project, by=bo)
    assert claimed is not None
    assert claimed.number == 3


def test_imported_and_further_slots_count_as_what_they_are() -> None:
    project = make_project(overlap=2)
    [task] = responses(project)
    Assignment.objects.filter(task=task, number=2).update(reason="after_dispute")
    assert plan(project) == Plan(responses=1, in_share=0, slots_added=1, slots_withdrawn=0, kept=0)
    Assignment.objects.filter(task=task, number=2).update(reason="import")
    assert plan(project) == Plan(responses=1, in_share=0, slots_added=0, slots_withdrawn=0, kept=0)


def test_a_share_is_drawn_by_the_seed_and_is_the_same_as_loads_are_added() -> None:
    draws = []
    for slug, loads in (("a", [range(1, 101)]), ("b", [range(1, 31), range(31, 101)])):
        project = make_project(
            slug=slug, overlap=1, seed=5, larger_share=0.2, larger_overlap=2, rubrics=["small"] if draws else ()
        )
        for numbers in loads:
            load(project, [record(number) for number in numbers])
        draws.append({query for query, numbers in slots(project).items() if numbers == [1, 2]})
    assert draws[0] == draws[1]
    assert 10 <= len(draws[0]) <= 30
    other = make_project(slug="c", overlap=1, seed=6, larger_share=0.2, larger_overlap=2, rubrics=["small"])
    load(other, [record(number) for number in range(1, 101)])
    assert {query for query, numbers in slots(other).items() if numbers == [1, 2]} != draws[0]


def test_a_larger_share_holds_the_smaller_and_older_tasks_are_drawn_then() -> None:
    project = make_project(overlap=1)
    responses(project, 60)
    Task.objects.update(draw=None)  # as tasks of an earlier version
    before = {}
    for share in (0.2, 0.5):
        changes = {"larger_share": share, "larger_overlap": 2}
        planned = plan(project, read_overlap(changes, project))
        fitted = set_overlap(project=project, changes=changes)
        more = {query for query, numbers in slots(project).items() if len(numbers) == 2}
        assert (planned.in_share, planned.slots_added) == (len(more), fitted.slots_added)
        before[share] = more
    assert before[0.2] < before[0.5]
    assert not Task.objects.filter(draw=None).exists()


def test_without_its_share_the_larger_number_goes_and_else_it_stays() -> None:
    project = make_project(overlap=1, larger_share=0.2, larger_overlap=3)
    assert read_overlap({"overlap": 2}, project) == {"overlap": 2, "larger_share": 0.2, "larger_overlap": 3}
    assert read_overlap({"larger_share": 0}, project) == {"overlap": 1, "larger_share": 0, "larger_overlap": None}


def test_a_dropped_query_is_left_alone_and_fits_again_when_it_is_restored() -> None:
    project = make_project(overlap=2)
    responses(project, 2)
    lea = make_member(project, "lea", "manager")
    query = resolve.drop(query=Query.objects.get(external_id="PBL-0001"), by=lea)
    set_overlap(project=project, changes={"overlap": 3})
    assert slots(project) == {"PBL-0002": [1, 2, 3]}
    resolve.restore(query=query, by=lea)
    assert slots(project) == {"PBL-0001": [1, 2, 3], "PBL-0002": [1, 2, 3]}


def test_what_was_withdrawn_stays_so_when_its_query_was_dropped_and_is_restored() -> None:
    project = make_project(overlap=3)
    responses(project)
    lea = make_member(project, "lea", "manager")
    set_overlap(project=project, changes={"overlap": 1})
    resolve.restore(query=resolve.drop(query=Query.objects.get(), by=lea), by=lea)
    assert slots(project) == {"PBL-0001": [1]}


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"overlap": 0}, {"overlap": "expected a whole number from 1 to 100, not `0`"}),
        ({"seed": 1}, {"seed": "unknown; expected overlap, larger_share, larger_overlap"}),
        ({"larger_share": 0.2}, {"larger_overlap": "expected more than the 2 of the other responses, not `null`"}),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_changed(changes: Any, faults: dict[str, str]) -> None:
    project = make_project(overlap=2)
    responses(project)
    with pytest.raises(ValidationError) as caught:
        set_overlap(project=project, changes=changes)
    assert (caught.value.fields, Project.objects.get().overlap, slots(project)) == (faults, 2, {"PBL-0001": [1, 2]})


def test_a_fit_that_was_stopped_goes_on_where_it_is_begun_again() -> None:
    project = make_project(overlap=1)
    responses(project, 2)

    def stop(_phase: str, _done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        set_overlap(project=project, changes={"overlap": 2}, progress=stop)
    assert plan(Project.objects.get()).slots_added == 2
    assert set_overlap(project=project, changes={"overlap": 2}) == Fitted(slots_added=2)
    assert Event.objects.filter(verb="overlap_changed").count() == 1
