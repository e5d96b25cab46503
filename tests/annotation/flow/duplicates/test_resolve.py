from typing import Any

import pytest

from annotation.errors import AlreadyDone, Refused, ValidationError
from annotation.flow import score
from annotation.flow.duplicates import resolve, search
from annotation.models import Assignment, Event, PossibleDuplicate, Project, Query, ReferenceAnswer, Response, Task, User
from tests.annotation.flow.duplicates.pairs import TEXT, query, task
from tests.factories import block, claim_task, judge, load, make_member, make_project, make_rubric, record

pytestmark = pytest.mark.django_db


def responses_of(number: int) -> list[tuple[str, int]]:
    return list(Response.objects.filter(query=query(number)).order_by("system", "sample").values_list("system", "sample"))


def events_of(verb: Event.Verb) -> list[tuple[str | None, dict[str, Any]]]:
    return [(event.by and event.by.username, event.data) for event in Event.objects.filter(verb=verb)]


def state() -> Any:
    """Everything that curating writes, to be compared before and after."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Query, Response, ReferenceAnswer, Task, Assignment, PossibleDuplicate)
    ]


def claimed(project: Project, user: User) -> list[str]:
    """The queries of everything that the annotator is given until nothing is left."""
    queries = []
    while slot := score.claim(project=project, by=user):
        queries.append(slot.task.response.query.external_id)
        score.submit(assignment=slot.pk, by=user, body={"scores": {"text": 3, "images": "na"}, "penalties": []})
    return sorted(queries)


def test_what_is_different_is_never_offered_again(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    settled = resolve.keep(pair=pair, by=lea)
    assert (settled.verdict, settled.decided_by, settled.decided_at is not None) == ("different", lea, True)
    assert list(PossibleDuplicate.objects.undecided()) == []
    assert list(search.find(project=project, new=[pair.first_id, pair.second_id])) == []
    assert events_of(Event.Verb.KEPT) == [("lea", {"queries": ["PBL-0001", "PBL-0002"]})]
    assert [query(number).dropped_at for number in (1, 2)] == [None, None]


def test_what_is_dropped_is_never_claimed(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    ana, bo, cy = (make_member(project, name) for name in ("ana", "bo", "cy"))
    score.skip(assignment=claim_task(task(2), cy).pk, by=cy, reason="not mine")  # a slot that was given back is withdrawn too
    dropped = resolve.drop(query=query(2), by=lea, pair=pair)
    assert (dropped.dropped_by, dropped.merged_into, dropped.dropped_at is not None) == (lea, None, True)
    pair.refresh_from_db()
    assert (pair.verdict, pair.decided_by, pair.decided_at, pair.dropped_query) == ("dropped", lea, dropped.dropped_at, dropped)
    assert claimed(project, ana) == claimed(project, bo) == ["PBL-0001", "PBL-0001", "PBL-0003", "PBL-0003"]
    assert claimed(project, cy) == []
    assert set(Assignment.objects.of_query(dropped).values_list("withdrawn_at", flat=True)) == {dropped.dropped_at}
    assert events_of(Event.Verb.DROPPED) == [("lea", {"query": "PBL-0002"})]


def test_what_is_restored_is_as_it_was(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    before = state()
    resolve.drop(query=query(2), by=lea, pair=pair)
    assert state() != before
    resolve.restore(query=query(2), by=lea)
    assert state() == before
    assert list(PossibleDuplicate.objects.undecided()) == [pair]
    assert events_of(Event.Verb.RESTORED) == [("lea", {"query": "PBL-0002"})]


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
    assert (pair.verdict, pair.dropped_query) == ("dropped", query(1))


def test_a_merge_moves_responses_with_the_next_free_sample_numbers(project: Project, pair: PossibleDuplicate, lea: User) -> None:
    load(
        project,
        [record(2, question=[block(TEXT)], model="system-c"), record(1, question=[block(TEXT)], model="system-a", sample=1)],
    )
    slots = Assignment.objects.count()
    merged = resolve.merge(pair=pair, into=query(1), by=lea)
    expected = [("system-a", 0), ("system-a", 1), ("system-a", 2), ("system-b", 0), ("system-b", 1), ("system-c", 0)]
    assert (responses_of(1), responses_of(2)) == (expected, [])
    assert (merged.verdict, merged.decided_by, merged.dropped_query) == ("merged", lea, query(2))
    assert (query(2).merged_into, query(2).dropped_by) == (query(1), lea)
    assert Assignment.objects.open().count() == slots == Assignment.objects.count()
    assert events_of(Event.Verb.MERGED) == [("lea", {"query": "PBL-0002", "into": "PBL-0001"})]
    assert len(claimed(project, make_member(project, "ana"))) == 8


def test_a_merge_moves_the_reference_answers_of_levels_that_are_lacking(
    project: Project, pair: PossibleDuplicate, lea: User
) -> None:
    for number, level in ((1, 1), (1, 2), (2, 2), (2, 6)):
        ReferenceAnswer.objects.create(query=query(number), level=level)
    resolve.merge(pair=pair, into=query(2), by=lea)
    levels = ReferenceAnswer.objects.order_by("query__external_id", "level").values_list("query__external_id", "level")
    assert list(levels) == [("PBL-0001", 2), ("PBL-0002", 1), ("PBL-0002", 2), ("PBL-0002", 6)]


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
    mixed_pair = PossibleDuplicate.objects.get(project=mixed)
    before = state()
    with pytest.raises(Refused, match=r"^Queries of two categories"):
        resolve.merge(pair=mixed_pair, into=mixed_pair.first, by=lea)
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
