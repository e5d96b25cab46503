"""What waits in vain for an annotator is called back: the response is in the queue again, and nothing is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.errors import AlreadyDone, NoLongerYours, Refused
from annotation.flow import adjudicate, score
from annotation.models import Adjudication, Assignment, Draft, Event, Project, SentBack, Task, User, Workspace
from tests.annotation.flow.adjudicate.cases import letter_of, revised, scored_blind, settle, started, with_rules
from tests.factories import body, judged, make_member

pytestmark = pytest.mark.django_db


def test_who_sent_a_case_back_calls_it_back_and_goes_on(project: Project, ada: User, otto: User) -> None:
    [task] = judged(project, [[1, 1, 6]])
    Workspace.objects.update(reopening=False)
    case = scored_blind(project, ada, text=3)
    adjudicate.send_back(case=case.pk, by=ada, annotator=letter_of(case, "chen"), note="Look.")
    with pytest.raises(Adjudication.DoesNotExist):
        adjudicate.call_back(case=case.pk, by=otto)
    adjudicate.call_back(case=case.pk, by=ada)
    with pytest.raises(Refused):
        revised(task, "chen", text=5)
    with pytest.raises(AlreadyDone, match=r"^No annotator is awaited any more\.$"):
        adjudicate.call_back(case=case.pk, by=ada)
    assert adjudicate.claim(project=project, by=otto) is None
    assert started(project, ada).pk == case.pk
    [event] = Event.objects.filter(verb="return_withdrawn")
    annotation = SentBack.objects.get().annotation
    assert (event.by, event.task, event.data) == (ada, task, {"round": 1, "annotation": annotation.pk})
    adjudicate.send_back(case=case.pk, by=ada, annotator=letter_of(case, "chen"), note="Look once more.")
    assert [one.note for one in SentBack.objects.open()] == ["Look once more."]
    revised(task, "chen", text=5)
    settle(started(project, ada), ada, {"text": 2})
    with pytest.raises(AlreadyDone, match="decided already"):
        adjudicate.call_back(case=case.pk, by=make_member(project, "lea", "manager"))


def test_a_manager_calls_back_what_waits_for_somebody_who_left(project: Project, ada: User, lea: User) -> None:
    [task] = judged(project, [[1, 1, 6]])
    case = scored_blind(project, ada)
    adjudicate.send_back(case=case.pk, by=ada, annotator=letter_of(case, "chen"), note="Look.")
    User.objects.get(username="chen").memberships.all().delete()
    adjudicate.call_back(case=case.pk, by=lea)
    assert adjudicate.read_queue(project).states.tolist() == ["waiting"]
    assert started(project, ada).pk == case.pk
    assert SentBack.objects.open().count() == 0
    with pytest.raises(AlreadyDone):
        adjudicate.call_back_response(task=task.pk, by=lea)


def test_a_slot_that_nobody_takes_is_withdrawn_and_the_response_waits_for_adjudicators(
    project: Project, ada: User, otto: User, lea: User
) -> None:
    [task] = judged(project, [[1, 1, 6]])
    dee = make_member(project, "dee")
    case = started(project, ada)
    adjudicate.ask_further(case=case.pk, by=ada)
    for other in (otto, dee):
        with pytest.raises(Task.DoesNotExist):
            adjudicate.call_back_response(task=task.pk, by=other)
    with pytest.raises(Adjudication.DoesNotExist):
        adjudicate.call_back(case=case.pk, by=otto)
    adjudicate.call_back(case=case.pk, by=ada)
    assert score.claim(project=project, by=dee) is None
    assert started(project, ada).pk == case.pk
    assert [(event.by, event.data) for event in Event.objects.filter(verb="further_withdrawn")] == [(ada, {"round": 1})]
    adjudicate.ask_further(case=case.pk, by=ada)  # somebody may be there now
    assert list(Assignment.objects.further().values_list("number", flat=True)) == [5]


def test_a_slot_that_the_rules_asked_for_is_withdrawn_by_a_manager_and_not_asked_for_again(
    project: Project, ada: User, lea: User
) -> None:
    project = with_rules(project, further_annotator=True)
    [task] = judged(project, [[1, 1, 6]])
    make_member(project, "dee")
    assert adjudicate.ask_further_where_due(project=project) == 1
    assert adjudicate.claim(project=project, by=ada) is None
    adjudicate.call_back_response(task=task.pk, by=lea)
    assert adjudicate.ask_further_where_due(project=project) == 0
    assert Event.objects.get(verb="further_withdrawn").data == {}
    started(project, ada)


def test_what_an_annotator_scores_now_is_not_called_back_and_what_they_left_is(project: Project, ada: User) -> None:
    [task] = judged(project, [[1, 1, 6]])
    dee = make_member(project, "dee")
    case = started(project, ada)
    adjudicate.ask_further(case=case.pk, by=ada)
    slot = score.claim(project=project, by=dee)
    assert slot
    assert slot.claimed_at
    score.save_draft(assignment=slot.pk, by=dee, body=body(text=3))
    with pytest.raises(Refused, match=r"^An annotator is scoring this response now\."):
        adjudicate.call_back(case=case.pk, by=ada)
    Assignment.objects.filter(pk=slot.pk).update(lease_expires_at=timezone.now() - timedelta(minutes=1))
    adjudicate.call_back(case=case.pk, by=ada)
    with pytest.raises(NoLongerYours):
        score.submit(assignment=slot.pk, by=dee, body=body(text=2))
    assert (Draft.objects.get(annotator=dee).content["scores"]["text"], score.claim(project=project, by=dee)) == (2, None)
    data = {"round": 1, "annotator": dee.pk, "claimed_at": slot.claimed_at.isoformat()}
    assert Event.objects.get(verb="further_withdrawn").data == data
    settle(started(project, ada), ada, {"text": 2})
    assert task.assignments.submitted().count() == 3
