import re
from typing import Any

import pytest
from django.db import connection

from annotation.errors import AlreadyDone, Refused, ValidationError
from annotation.flow import adjudicate, score
from annotation.flow.agree import report as agree
from annotation.flow.duplicates import resolve, search
from annotation.flow.labels import count_labels
from annotation.flow.release import release
from annotation.models import Assignment, Event, PossibleDuplicate, Project, Query, ReferenceAnswer, Response, Task, User
from tests.factories import block, claim_task, judge, judged, load, make_member, make_project, make_rubric, record

pytestmark = pytest.mark.django_db

TEXT = "one two three four five six seven eight nine ten"


@pytest.fixture
def project() -> Project:
    """Three queries, the first two with the same text, and a response of two systems to each."""
    project = make_project(overlap=2)
    asked = {1: TEXT, 2: TEXT, 3: "quite another question"}
    load(
        project,
        [
            record(number, question=[block(text)], model=system)
            for number, text in asked.items()
            for system in ("system-a", "system-b")
        ],
    )
    return project


@pytest.fixture
def lea(project: Project) -> User:
    return make_member(project, "lea", "manager")


@pytest.fixture
def pair(project: Project) -> PossibleDuplicate:
    return PossibleDuplicate.objects.get()


def query(number: int) -> Query:
    return Query.objects.get(external_id=f"PBL-{number:04}")


def task(number: int, system: str = "system-a") -> Task:
    return Task.objects.get(response__query=query(number), response__system=system)


def responses_of(number: int) -> list[tuple[str, int]]:
    return list(Response.objects.filter(query=query(number)).order_by("system", "sample").values_list("system", "sample"))


def told(verb: Event.Verb) -> list[tuple[str | None, dict[str, Any]]]:
    return [(event.by and event.by.username, event.data) for event in Event.objects.filter(verb=verb)]


def state() -> Any:
    """Everything that curating writes, to be compared before and after."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Query, Response, ReferenceAnswer, Task, Assignment, PossibleDuplicate)
    ]


def claimed(project: Project, user: User) -> list[str]:
    """The queries of everything that the annotator is given until nothing is left."""
    found = []
    while slot := score.claim(project=project, by=user):
        found.append(slot.task.response.query.external_id)
        score.submit(assignment=slot.pk, by=user, body={"scores": {"text": 3, "images": "na"}, "penalties": []})
    return sorted(found)


def test_what_is_different_is_never_offered_again(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    kept = resolve.keep(pair=pair, by=lea)
    assert (kept.verdict, kept.decided_by, kept.decided_at is not None) == ("different", lea, True)
    assert list(PossibleDuplicate.objects.undecided()) == []
    assert search.find(project=project, new=[pair.first_id, pair.second_id]) == 0
    assert told(Event.Verb.KEPT) == [("lea", {"queries": ["PBL-0001", "PBL-0002"]})]
    assert [query(number).dropped_at for number in (1, 2)] == [None, None]


def test_what_is_dropped_is_never_claimed(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    ana, bo, cy = (make_member(project, name) for name in ("ana", "bo", "cy"))
    score.skip(assignment=claim_task(task(2), cy).pk, by=cy, reason="not mine")  # a slot that was given back is withdrawn too
    dropped = resolve.drop(query=query(2), by=lea, pair=pair)
    assert (dropped.dropped_by, dropped.merged_into, dropped.dropped_at is not None) == (lea, None, True)
    pair.refresh_from_db()
    assert (pair.verdict, pair.decided_by, pair.decided_at, pair.gone) == ("dropped", lea, dropped.dropped_at, dropped)
    assert claimed(project, ana) == claimed(project, bo) == ["PBL-0001", "PBL-0001", "PBL-0003", "PBL-0003"]
    assert claimed(project, cy) == []
    assert set(Assignment.objects.of_query(dropped).values_list("withdrawn_at", flat=True)) == {dropped.dropped_at}
    assert told(Event.Verb.DROPPED) == [("lea", {"query": "PBL-0002"})]


def test_what_is_restored_is_as_it_was(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    before = state()
    resolve.drop(query=query(2), by=lea, pair=pair)
    assert state() != before
    resolve.restore(query=query(2), by=lea)
    assert state() == before
    assert list(PossibleDuplicate.objects.undecided()) == [pair]
    assert told(Event.Verb.RESTORED) == [("lea", {"query": "PBL-0002"})]


def test_a_restored_query_behind_everybody_is_still_judged(project: Project, lea: User) -> None:
    ana = make_member(project, "ana")
    resolve.drop(query=query(1), by=lea)
    assert claimed(project, ana) == ["PBL-0002", "PBL-0002", "PBL-0003", "PBL-0003"]
    resolve.restore(query=query(1), by=lea)
    assert claimed(project, ana) == ["PBL-0001", "PBL-0001"]


def test_restoring_one_of_two_reopens_only_the_pairs_it_was_dropped_for(
    project: Project, pair: PossibleDuplicate, lea: User
) -> None:
    resolve.drop(query=query(1), by=lea, pair=pair)
    resolve.drop(query=query(2), by=lea)
    resolve.restore(query=query(2), by=lea)
    pair.refresh_from_db()
    assert (pair.verdict, pair.gone) == ("dropped", query(1))


def test_a_merge_moves_responses_with_the_next_free_sample_numbers(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    load(
        project,
        [record(2, question=[block(TEXT)], model="system-c"), record(1, question=[block(TEXT)], model="system-a", sample=1)],
    )
    slots = Assignment.objects.count()
    merged = resolve.merge(pair=pair, into=query(1), by=lea)
    expected = [("system-a", 0), ("system-a", 1), ("system-a", 2), ("system-b", 0), ("system-b", 1), ("system-c", 0)]
    assert (responses_of(1), responses_of(2)) == (expected, [])
    assert (merged.verdict, merged.decided_by, merged.gone) == ("merged", lea, query(2))
    assert (query(2).merged_into, query(2).dropped_by) == (query(1), lea)
    assert Assignment.objects.open().count() == slots == Assignment.objects.count()
    assert told(Event.Verb.MERGED) == [("lea", {"query": "PBL-0002", "into": "PBL-0001"})]
    assert len(claimed(project, make_member(project, "ana"))) == 8


def test_a_merge_moves_the_reference_answers_of_levels_that_are_lacking(
    project: Project, pair: PossibleDuplicate, lea: User
) -> None:
    for number, level in ((1, 1), (1, 2), (2, 2), (2, 6)):
        ReferenceAnswer.objects.create(query=query(number), level=level)
    resolve.merge(pair=pair, into=query(2), by=lea)
    found = ReferenceAnswer.objects.order_by("query__external_id", "level").values_list("query__external_id", "level")
    assert list(found) == [("PBL-0001", 2), ("PBL-0002", 1), ("PBL-0002", 2), ("PBL-0002", 6)]


def test_a_query_that_somebody_holds_or_has_judged_does_not_go(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    claim_task(task(1), make_member(project, "ana"))
    judge(task(2), make_member(project, "bo"))
    before = state()
    for number, message in ((1, r"^Somebody is judging PBL-0001"), (2, r"^PBL-0002 has been judged")):
        with pytest.raises(Refused, match=message):
            resolve.drop(query=query(number), by=lea, pair=pair)
        with pytest.raises(Refused, match=message):
            resolve.merge(pair=pair, into=query(3 - number), by=lea)
    assert state() == before


def test_what_stays_may_have_been_judged(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    revision = judge(task(1), make_member(project, "bo"))
    resolve.merge(pair=pair, into=query(1), by=lea)
    assert revision.annotation.task.response.query == query(1)


def test_queries_of_two_categories_are_not_merged(lea: User, project: Project) -> None:
    other = make_rubric(slug="other", category="situational-analysis")
    mixed = make_project(slug="mixed", rubrics=["small", other.name])
    load(mixed, [record(1, question=[block(TEXT)]), record(2, id="SA-0001", question=[block(TEXT)])])
    found = PossibleDuplicate.objects.get(project=mixed)
    before = state()
    with pytest.raises(Refused, match=r"^Queries of two categories"):
        resolve.merge(pair=found, into=found.first, by=lea)
    assert state() == before


def test_a_verdict_is_given_once(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    resolve.drop(query=query(2), by=lea, pair=pair)
    before = state()
    for act in (
        lambda: resolve.keep(pair=pair, by=lea),
        lambda: resolve.drop(query=query(1), by=lea, pair=pair),
        lambda: resolve.drop(query=query(2), by=lea),
        lambda: resolve.merge(pair=pair, into=query(1), by=lea),
        lambda: resolve.restore(query=query(3), by=lea),
    ):
        with pytest.raises(AlreadyDone):
            act()
    assert state() == before


def test_what_was_found_to_be_different_is_not_decided_again(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    resolve.keep(pair=pair, by=lea)
    before = state()
    for act in (lambda: resolve.keep(pair=pair, by=lea), lambda: resolve.drop(query=query(2), by=lea, pair=pair)):
        with pytest.raises(AlreadyDone, match=r"^This pair is decided already\.$"):
            act()
    assert state() == before


def test_a_pair_of_which_one_was_dropped_elsewhere_waits_no_more(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    resolve.drop(query=query(2), by=lea)
    assert list(PossibleDuplicate.objects.undecided()) == []
    with pytest.raises(AlreadyDone, match=r"^PBL-0002 was dropped already\.$"):
        resolve.merge(pair=pair, into=query(2), by=lea)
    resolve.restore(query=query(2), by=lea)
    assert list(PossibleDuplicate.objects.undecided()) == [pair]


def test_a_merge_is_not_undone(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    resolve.merge(pair=pair, into=query(1), by=lea)
    with pytest.raises(Refused, match=r"^PBL-0002 was merged"):
        resolve.restore(query=query(2), by=lea)


def test_a_query_of_another_pair_is_refused(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    before = state()
    for act in (
        lambda: resolve.drop(query=query(3), by=lea, pair=pair),
        lambda: resolve.merge(pair=pair, into=query(3), by=lea),
    ):
        with pytest.raises(Refused, match=r"^PBL-0003 is not of this pair\.$"):
            act()
    assert state() == before


@pytest.mark.parametrize(
    ("verdict", "named", "fields"),
    [
        ("same", None, {"verdict": "expected one of different, merged, dropped"}),
        (None, None, {"verdict": "expected one of different, merged, dropped"}),
        ([], None, {"verdict": "expected one of different, merged, dropped"}),
        ("merged", None, {"into": "expected one of PBL-0001, PBL-0002"}),
        ("merged", "PBL-0003", {"into": "expected one of PBL-0001, PBL-0002"}),
        ("dropped", ["PBL-0001"], {"query": "expected one of PBL-0001, PBL-0002"}),
    ],
)
def test_what_is_said_of_a_pair_must_be_one_of_three_things(
    pair: PossibleDuplicate, lea: User, verdict: Any, named: Any, fields: dict[str, str]
) -> None:
    with pytest.raises(ValidationError) as caught:
        resolve.decide(pair=pair, verdict=verdict, query=named, by=lea)
    assert caught.value.fields == fields


def test_loading_again_passes_over_what_was_dropped_or_merged(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    resolve.merge(pair=pair, into=query(1), by=lea)
    resolve.drop(query=query(3), by=lea)
    before = state()
    again = [
        record(2, question=[block(TEXT)], model="system-a"),
        record(2, question=[block("changed")], model="system-a"),
        record(3, model="system-z"),
    ]
    report = load(project, again)
    assert (report.skipped, report.queries, report.responses, report.tasks, report.rejected) == (3, 0, 0, 0, [])
    assert state() == before


def test_figures_labels_cases_and_releases_leave_dropped_queries_out(tmp_path: Any) -> None:
    project = make_project(overlap=3)
    Project.objects.update(undisputed_share=0)
    project.refresh_from_db()
    judged(project, [[1, 1, 6], [4, 4, 4]])
    load(project, [record(3), record(4, model="system-b")])
    lea, ada = make_member(project, "lea", "manager"), make_member(project, "ada", "adjudicator")
    for number in (3, 4):
        resolve.drop(query=query(number), by=lea)
    assert count_labels(project) == {"labelled": 1, "not_judged": 0, "disputed": 1, "not_applicable": 0}
    assert [row["items"] for row in agree.agreement_report(project)["groups"][0]["criteria"] if row["criterion"] == "text"] == [2]
    assert [case.task.query for case in adjudicate.waiting_cases(project, ada)] == ["PBL-0001"]
    made = release(project=project, out=tmp_path / "out")
    row = {"sample": 0, "rubric": "small@1"}
    assert made.manifest["left_out"] == [
        {"id": "PBL-0001", "system": "system-a", "reason": "disputed", **row},
        {"id": "PBL-0003", "system": "system-a", "reason": "query_dropped", **row},
        {"id": "PBL-0004", "system": "system-b", "reason": "query_dropped", **row},
    ]
    assert (made.manifest["counts"]["not_judged"], made.manifest["counts"]["released"]) == (0, 1)


def test_a_withdrawn_slot_is_not_missing(project: Project, lea: User) -> None:
    """As after a slot was taken back alone: what is left is judged by all."""
    chosen = task(3)
    judge(chosen, make_member(project, "ana"))
    assert not Task.objects.filter(pk=chosen.pk).fully_judged()
    Assignment.objects.filter(task=chosen, annotator=None).update(withdrawn_at=chosen.project.created_at)
    assert list(Task.objects.filter(pk=chosen.pk).fully_judged()) == [chosen]
    Assignment.objects.filter(task=task(1)).update(withdrawn_at=chosen.project.created_at)
    assert not Task.objects.filter(pk=task(1).pk).fully_judged()


def test_a_claim_finds_open_slots_by_an_index_in_their_order(project: Project) -> None:
    """On a small table PostgreSQL may choose otherwise, so it is told not to read tables from end to end, nor to sort."""
    open_slots = Assignment.objects.filter(project=project).of_tasks_new_to(make_member(project, "ana")).open()
    ahead = open_slots.filter(position__gt=1).order_by("position")
    behind = open_slots.filter(position__lte=1, reopened_at__isnull=False).order_by("position")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    for slots in (ahead, behind, open_slots.order_by("position")):
        plan = slots[:1].explain()
        assert re.search(
            r"(SEARCH annotation_assignment USING INDEX|Index Scan using) slot_(open|reopened|place|position_once)", plan
        )
        assert not re.search(r"TEMP B-TREE|Sort ", plan)
