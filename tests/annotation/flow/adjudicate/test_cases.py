"""What has come of a project's cases: from the cache, and of one response from the database, the same."""

from dataclasses import fields

import pytest

from annotation.flow import adjudicate
from annotation.flow.adjudicate.cases import Cases, OpenCase, Settled, read_cases
from annotation.flow.judgements import ProjectCache
from annotation.models import Project, User
from tests.annotation.flow.adjudicate.cases import revised, scored_blind, settle, started, with_rules
from tests.factories import judged, make_member

pytestmark = pytest.mark.django_db
NOTHING = Settled({}, frozenset(), frozenset(), frozenset(), frozenset())


def of_task(cases: Cases, task: int) -> Cases:
    """The part of all cases that is about the task."""
    settled = Settled(
        {key: value for key, value in cases.settled.criteria.items() if key == task},
        *(getattr(cases.settled, field.name) & {task} for field in fields(Settled)[1:]),
    )
    parts = ({key: value for key, value in mapping.items() if key == task} for mapping in (cases.open, cases.holders))
    return Cases(settled, *parts, cases.sent_back & {task}, cases.further & {task})


def test_a_held_case_is_open_with_its_holder(project: Project, ada: User) -> None:
    [task] = judged(project, [[1, 1, 6]])
    case = started(project, ada)
    cases = read_cases(project, ProjectCache(project))
    assert cases == Cases(NOTHING, {task.pk: OpenCase(case.pk, 1, False, None)}, {task.pk: ada.pk}, frozenset(), frozenset())


def test_what_is_settled_is_read_anew_after_each_decision(project: Project, ada: User) -> None:
    project = with_rules(project, second_share=1)
    tasks = judged(project, [[1, 1, 6], [1, 1, 6], [1, 1, 6], [1, 1, 6]])
    assert read_cases(project, ProjectCache(project)).settled == NOTHING
    decided = settle(started(project, ada), ada, {"text": 2})
    overtaken = settle(started(project, ada), ada, {"text": 2})
    reopened = settle(started(project, ada), ada, {"text": 2})
    unusable = adjudicate.mark_unusable(case=started(project, ada).pk, by=ada, reason="Not readable.")
    revised(overtaken.task, "ana", text=5)
    adjudicate.reopen(case=reopened.pk, by=ada, reason="Wrong level.")
    cases = read_cases(project, ProjectCache(project))
    assert cases.settled == Settled(
        criteria={decided.task_id: frozenset({"text"}), overtaken.task_id: frozenset({"text"})},
        unusable=frozenset({unusable.task_id}),
        overtaken=frozenset({overtaken.task_id}),
        second_due=frozenset({decided.task_id, overtaken.task_id}),
        reopened=frozenset({reopened.task_id}),
    )
    assert [read_cases(project, task=task.pk) for task in tasks] == [of_task(cases, task.pk) for task in tasks]


def test_a_second_case_that_was_marked_unusable_is_done_and_the_first_decision_stands(project: Project, ada: User) -> None:
    project = with_rules(project, second_share=1)
    judged(project, [[1, 1, 6]])
    decided = settle(started(project, ada), ada, {"text": 2})
    otto, ute = (make_member(project, name, "adjudicator") for name in ("otto", "ute"))
    adjudicate.mark_unusable(case=started(project, otto).pk, by=otto, reason="Not readable.")
    assert read_cases(project, ProjectCache(project)).settled == Settled(
        {decided.task_id: frozenset({"text"})}, frozenset(), frozenset(), frozenset(), frozenset()
    )
    assert adjudicate.claim(project=project, by=ute) is None


def test_a_case_that_was_sent_back_or_awaits_one_more_annotator_says_so(project: Project, ada: User) -> None:
    tasks = judged(project, [[1, 1, 6], [1, 1, 6]])
    make_member(project, "dee")
    first = scored_blind(project, ada)
    adjudicate.send_back(case=first.pk, by=ada, annotator="A", note="Look again.")
    second = started(project, ada)
    adjudicate.ask_further(case=second.pk, by=ada)
    cases = read_cases(project)
    assert (cases.sent_back, cases.further) == ({first.task_id}, {second.task_id})
    assert {task.pk for task in tasks} == {first.task_id, second.task_id}
