"""One more annotator, asked by an adjudicator or by the rule; never twice, and never counted in agreement."""

import pytest

from annotation.errors import AlreadyDone, Refused
from annotation.flow import adjudicate, score
from annotation.flow.adjudicate.further import tasks_without_answer
from annotation.flow.assign import make_further_slots
from annotation.flow.judgements import rating_matrices
from annotation.flow.score.concerns import skip
from annotation.models import Assignment, Event, Project, Revision, User
from tests.annotation.flow.adjudicate.cases import revised, scored_blind, settle, started, with_rules
from tests.factories import body, judged, make_member

pytestmark = pytest.mark.django_db


def further() -> list[tuple[int, int, int]]:
    slots = Assignment.objects.filter(reason="after_dispute").order_by("position")
    return list(slots.values_list("task", "number", "position"))


def score_next(project: Project, user: User, text: int) -> Revision:
    slot = score.claim(project=project, by=user)
    assert slot
    return score.submit(assignment=slot.pk, by=user, body=body(text=text))[0]


def test_the_slot_is_behind_all_others_and_the_case_waits_and_returns(project: Project, ada: User) -> None:
    [task] = judged(project, [[1, 1, 6]])
    dee, otto = make_member(project, "dee"), make_member(project, "otto", "adjudicator")
    case = scored_blind(project, ada)
    adjudicate.ask_further(case=case.pk, by=ada)
    assert further() == [(task.pk, 4, 4)]
    assert adjudicate.read_queue(project).states.tolist() == ["further"]
    assert [adjudicate.claim(project=project, by=who) for who in (ada, otto)] == [None, None]
    score_next(project, dee, text=2)
    assert adjudicate.claim(project=project, by=otto) is None
    assert started(project, ada).pk == case.pk
    assert len(rating_matrices(project)[0].annotators) == 3
    settle(case, ada, {"text": 2})


def test_none_is_asked_for_where_one_is_open_or_nobody_is_left(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    case = started(project, ada)
    with pytest.raises(Refused, match="Every annotator of the project"):
        adjudicate.ask_further(case=case.pk, by=ada)
    make_member(project, "dee")
    make_further_slots(project=project, tasks=[case.task_id])
    with pytest.raises(AlreadyDone, match="asked for already"):
        adjudicate.ask_further(case=case.pk, by=ada)
    assert len(further()) == 1


def test_what_nobody_will_answer_is_told_from_what_somebody_may(project: Project, ada: User) -> None:
    tasks = [task.pk for task in judged(project, [[1, 1, 6]] * 3)]
    dee = make_member(project, "dee")
    further = scored_blind(project, ada)
    adjudicate.ask_further(case=further.pk, by=ada)
    returned = scored_blind(project, ada)
    adjudicate.send_back(case=returned.pk, by=ada, annotator="A", note="Look again.")
    assert tasks_without_answer(project, tasks) == set()
    User.objects.filter(username__in=("ana", "bo", "chen")).update(is_active=False)
    assert tasks_without_answer(project, tasks) == {returned.task_id}
    slot = score.claim(project=project, by=dee)
    assert slot
    assert tasks_without_answer(project, tasks) == {returned.task_id}  # dee has the last slot
    skip(assignment=slot.pk, by=dee, kind="other", reason="Not my field.")
    assert tasks_without_answer(project, tasks) == {returned.task_id, further.task_id}


def test_the_rule_asks_when_a_submission_makes_a_dispute_and_never_twice(project: Project, ada: User) -> None:
    project = with_rules(project, further_annotator=True)
    tasks = judged(project, [[1, 1, None], [1, 1, None]])
    chen, dee = make_member(project, "chen"), make_member(project, "dee")
    assert adjudicate.ask_further_where_due(project=project) == 0
    for text in (6, 2):
        adjudicate.after_submission(revision=score_next(project, chen, text))
    [(disputed, number, _position)] = further()
    assert (disputed in {task.pk for task in tasks}, number) == (True, 4)
    assert adjudicate.claim(project=project, by=ada) is None
    adjudicate.after_submission(revision=score_next(project, dee, 3))
    assert adjudicate.ask_further_where_due(project=project) == 0
    assert started(project, ada).task_id == disputed
    assert [(event.task_id, event.by, event.data) for event in Event.objects.filter(verb="further_asked")] == [
        (disputed, None, {"by": "rule"})
    ]


def test_without_the_rule_nobody_is_asked(project: Project) -> None:
    judged(project, [[1, 1, 6]])
    make_member(project, "dee")
    adjudicate.after_submission(revision=Revision.objects.latest("pk"))
    assert (adjudicate.ask_further_where_due(project=project), further()) == (0, [])


def test_after_a_change_of_the_rules_all_new_disputes_are_asked_at_once(project: Project, ada: User) -> None:
    tasks = judged(project, [[1, 1, 6], [4, 4, 4], [1, 1, 6], [1, 6, 6]])
    make_member(project, "dee")
    begun = started(project, ada)
    project = with_rules(project, further_annotator=True)
    assert adjudicate.ask_further_where_due(project=project) == 2
    assert {task for task, _number, _position in further()} == {tasks[place].pk for place in (0, 2, 3)} - {begun.task_id}
    assert adjudicate.ask_further_where_due(project=project) == 0


def test_the_rule_asks_nobody_where_nobody_is_left(project: Project, ada: User) -> None:
    project = with_rules(project, further_annotator=True)
    judged(project, [[1, 1, 6], [1, 1, 6]])
    adjudicate.after_submission(revision=Revision.objects.latest("pk"))
    assert (adjudicate.ask_further_where_due(project=project), further()) == (0, [])
    started(project, ada)


def test_a_revision_can_make_a_dispute_that_is_asked_about(project: Project) -> None:
    project = with_rules(project, further_annotator=True)
    [task] = judged(project, [[4, 4, 4]])
    make_member(project, "dee")
    adjudicate.after_submission(revision=revised(task, "ana", text=1))
    assert [row[0] for row in further()] == [task.pk]
