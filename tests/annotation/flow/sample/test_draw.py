from typing import Any

import pytest
from django.db.models import Count

from annotation.errors import Refused
from annotation.flow import score
from annotation.flow.overlap import set_overlap
from annotation.flow.sample import Plan, draw_sample, preview_sample, sampled_csv, sampled_rows
from annotation.models import Assignment, Event, Project, Query, Sample, SampledTask, Task
from tests.annotation.flow.sample.pools import fill_pool, make_pool
from tests.factories import claim_task, load, make_member, make_project, make_user, record

pytestmark = pytest.mark.django_db
BY_SYSTEM = Plan(size=6, by=("system",), allocation="equal", seed=7)


def drawn(project: Project, number: int = 1) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in sampled_rows(Sample.objects.get(project=project, number=number))]


def test_of_a_pool_nobody_is_asked_for_anything() -> None:
    project = make_pool(queries=3)
    ana = make_member(project, "ana")
    assert (Task.objects.filter(project=project).count(), Assignment.objects.count()) == (6, 0)
    assert score.claim(project=project, by=ana) is None


def test_what_was_drawn_gets_its_slots_and_nothing_else() -> None:
    project = make_pool()
    load(project, [record(90, model="gill")])  # loaded to be scored: it is not of the pool
    lea = make_user("lea")
    sample = draw_sample(project=project, plan=BY_SYSTEM, by=lea)
    tasks = set(SampledTask.objects.filter(sample=sample).values_list("task", flat=True))
    slots = list(Assignment.objects.filter(project=project).order_by("position").values_list("task", "number", "position"))
    of_sample = [slot for slot in slots if slot[0] in tasks]
    assert sorted((task, number) for task, number, _position in of_sample) == sorted((t, n) for t in tasks for n in (1, 2))
    assert [position for _task, _number, position in slots] == list(range(1, 15))
    assert {slot[0] for slot in slots} - tasks == {Task.objects.get(response__query__external_id="PBL-0090").pk}
    values = ("category", "system", "reason")
    assert set(Assignment.objects.filter(task__in=tasks).values_list(*values)) == {
        ("project-based-learning", "anole", "initial"),
        ("project-based-learning", "gill", "initial"),
    }


def test_slots_of_a_sample_have_the_language_of_their_query() -> None:
    project = make_project(overlap=1)
    load(project, [record(1, language="fr"), record(2)], pool=True)
    draw_sample(project=project, plan=Plan(size=2))
    assert sorted(Assignment.objects.order_by().values_list("language", flat=True)) == ["", "fr"]


def test_the_draw_its_seed_and_each_chance_are_recorded() -> None:
    project = make_pool()
    lea = make_user("lea")
    draw_sample(project=project, plan=BY_SYSTEM, by=lea)
    fields = ("number", "unit", "size", "by", "allocation", "systems", "seed", "strata", "drawn_by")
    assert Sample.objects.values_list(*fields).get() == (
        1,
        "response",
        6,
        ["system"],
        "equal",
        [],
        7,
        [{"values": ["anole"], "size": 10, "drawn": 3}, {"values": ["gill"], "size": 10, "drawn": 3}],
        lea.pk,
    )
    assert sorted(row[1:] for row in drawn(project)) == [
        (system, 0, "project-based-learning", field, "", 0.3)
        for system, fields in (("anole", ("physics",) * 3), ("gill", ("art", "physics", "physics")))
        for field in fields
    ]
    event = Event.objects.filter(verb="sample_drawn").values_list("by", "data").get()
    assert event == (lea.pk, {"number": 1, "responses": 6})


def test_the_same_pool_plan_and_seed_draw_the_same() -> None:
    first, second = make_pool(), None
    draw_sample(project=first, plan=BY_SYSTEM)
    second = make_project(slug="again", rubrics=["small@1"], overlap=2)
    fill_pool(second, range(1, 11))
    draw_sample(project=second, plan=BY_SYSTEM)
    assert drawn(first) == drawn(second)


def test_another_seed_draws_another_sample() -> None:
    project = make_pool(queries=40)
    samples = [preview_sample(project, Plan(size=20, seed=seed)).tasks for seed in (1, 2)]
    assert samples[0] != samples[1]


def test_whole_queries_come_with_all_their_responses() -> None:
    project = make_pool()
    draw_sample(project=project, plan=Plan(size=5, by=("field",), unit="query"))
    rows = drawn(project)
    ids = sorted({row[0] for row in rows})
    assert [(row[0], row[1]) for row in rows] == [(one, system) for one in ids for system in ("anole", "gill")]
    assert {row[0]: row[-1] for row in rows} == dict.fromkeys(ids, 0.5)
    assert Sample.objects.get().strata == [
        {"values": ["art"], "size": 2, "drawn": 1},
        {"values": ["physics"], "size": 8, "drawn": 4},
    ]


def test_a_later_sample_is_drawn_from_what_is_left() -> None:
    project = make_pool(queries=3)
    for seed in (1, 2):
        draw_sample(project=project, plan=Plan(size=3, seed=seed))
    assert sorted(row[:2] for number in (1, 2) for row in drawn(project, number)) == [
        (f"PBL-000{number}", system) for number in (1, 2, 3) for system in ("anole", "gill")
    ]
    with pytest.raises(Refused, match="there are no responses without slots"):
        draw_sample(project=project, plan=Plan(size=1))


def test_some_systems_alone_can_be_drawn_from() -> None:
    project = make_pool()
    draw_sample(project=project, plan=Plan(size=4, systems=("gill",)))
    assert {row[1] for row in drawn(project)} == {"gill"}
    assert Sample.objects.get().strata == [{"values": [], "size": 10, "drawn": 4}]


def test_a_preview_is_what_is_drawn_then_and_stores_nothing() -> None:
    project = make_pool()
    preview = preview_sample(project, BY_SYSTEM)
    assert (Sample.objects.count(), Assignment.objects.count(), preview.pool, preview.drawn) == (0, 0, 20, 6)
    draw_sample(project=project, plan=BY_SYSTEM)
    assert sorted((each.external_id, each.system) for each, _chance in preview.tasks) == sorted(row[:2] for row in drawn(project))


def test_a_dropped_query_is_not_drawn() -> None:
    project = make_pool(queries=2)
    Query.objects.filter(external_id="PBL-0001").update(dropped_at=project.created_at, dropped_by=make_user("lea"))
    draw_sample(project=project, plan=Plan(size=10))
    assert {row[0] for row in drawn(project)} == {"PBL-0002"}


def test_a_change_of_the_annotators_per_response_leaves_the_pool_alone() -> None:
    project = make_pool(queries=2, overlap=1)
    draw_sample(project=project, plan=Plan(size=1))
    fitted = set_overlap(project=project, changes={"overlap": 3})
    assert (fitted.slots_added, Assignment.objects.count(), Task.objects.in_pool().count()) == (2, 3, 3)
    draw_sample(project=project, plan=Plan(size=1))
    assert Assignment.objects.filter(task__sampled__sample__number=2).count() == 3


def test_of_a_share_with_more_annotators_what_is_drawn_has_more() -> None:
    project = make_pool(queries=10, overlap=1)
    set_overlap(project=project, changes={"larger_share": 0.5, "larger_overlap": 2})
    draw_sample(project=project, plan=Plan(size=20))
    slots = Task.objects.annotate(slots=Count("assignments")).values_list("draw", "slots")
    assert sorted(slots) == sorted((draw, 2 if draw < 0.5 else 1) for draw, _slots in slots)
    assert {slots for _draw, slots in slots} == {1, 2}


def test_what_was_drawn_is_scored_like_any_other_response() -> None:
    project = make_pool(queries=2, overlap=1)
    draw_sample(project=project, plan=Plan(size=1))
    ana = make_member(project, "ana")
    held = score.claim(project=project, by=ana)
    assert held is not None
    assert held.task.response.system == drawn(project)[0][1]


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        (Plan(size=0), "size: expected 1 or more, not 0"),
        (Plan(size=1, by=("colour",)), "by: expected some of category, field, subfield, system, each once, not colour"),
        (
            Plan(size=1, by=("field", "field")),
            "by: expected some of category, field, subfield, system, each once, not field, field",
        ),
        (Plan(size=1, by=("system",), unit="query"), "by: a query has responses of several systems"),
        (Plan(size=1, unit="page"), "unit: expected one of response, query"),
        (Plan(size=1, allocation="fair"), "allocation: expected one of proportional, equal"),
        (Plan(size=1, systems=("gill", "emu")), "systems: the pool has no responses of emu"),
    ],
)
def test_a_plan_that_cannot_be_drawn_is_refused_and_nothing_is_stored(plan: Plan, fault: str) -> None:
    project = make_pool(queries=1)
    with pytest.raises(Refused, match=fault):
        draw_sample(project=project, plan=plan)
    assert (Sample.objects.count(), Assignment.objects.count(), Event.objects.filter(verb="sample_drawn").count()) == (0, 0, 0)


def test_the_table_of_a_sample_holds_no_formula() -> None:
    project = make_project(overlap=1)
    load(project, [record(1, id="PBL-=1+1", model="=system", field="@home")], pool=True)
    sample = draw_sample(project=project, plan=Plan(size=1))
    assert sampled_csv(sample) == (
        "id,system,sample,category,field,subfield,chance\nPBL-=1+1,'=system,0,project-based-learning,'@home,,1.0\n"
    )


def test_a_slot_of_a_sample_can_be_held() -> None:
    project = make_pool(queries=1)
    draw_sample(project=project, plan=Plan(size=1))
    assert claim_task(SampledTask.objects.get().task, make_member(project, "ana")).number == 1
