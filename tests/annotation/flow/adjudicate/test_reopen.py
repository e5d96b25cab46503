"""A decision is reopened for another round, or confirmed although scores changed; its history stays."""

import pytest

from annotation.errors import AlreadyDone, Refused, ValidationError
from annotation.flow import adjudicate
from annotation.flow.labels import count_labels, labels
from annotation.models import Adjudication, Decision, Event, Project, User
from tests.annotation.flow.adjudicate.cases import revised, settle, started, with_rules
from tests.factories import judged, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(project: Project, ada: User) -> Adjudication:
    judged(project, [[1, 1, 6]])
    return settle(started(project, ada), ada, {"text": 2})


def test_a_new_round_begins_and_the_first_stays(project: Project, ada: User, lea: User, case: Adjudication) -> None:
    new = adjudicate.reopen(case=case.pk, by=lea, reason=" Wrong level. ")
    assert (new.round, new.second, new.reserved_for, new.decided_at) == (2, False, None, None)
    assert (case.reopening.by, case.reopening.reason) == (lea, "Wrong level.")
    assert count_labels(project)["labelled"] == 0
    assert adjudicate.read_queue(project).states.tolist() == ["reopened"]
    settle(started(project, ada), ada, {"text": 5})
    assert [label.overall for label in labels(project)] == [5]
    assert list(Decision.objects.order_by("pk").values_list("adjudication__round", "level__value")) == [(1, 2), (2, 5)]
    assert Event.objects.get(verb="reopened").data == {"round": 1, "reason": "Wrong level.", "outcome": "decided"}


def test_who_decided_reopens_for_themselves(project: Project, ada: User, case: Adjudication) -> None:
    otto = make_member(project, "otto", "adjudicator")
    with pytest.raises(Adjudication.DoesNotExist):
        adjudicate.reopen(case=case.pk, by=otto, reason="x")
    assert adjudicate.reopen(case=case.pk, by=ada, reason="I misread it.").reserved_for == ada
    assert adjudicate.claim(project=project, by=otto) is None
    assert started(project, ada).round == 2


def test_what_is_no_longer_in_dispute_still_waits_once_it_was_reopened(
    project: Project, ada: User, lea: User, case: Adjudication
) -> None:
    revised(case.task, "chen", text=1)
    new = adjudicate.reopen(case=case.pk, by=lea, reason="Scores changed.")
    assert list(new.decisions.values_list("criterion__key", "disputed")) == [("text", True)]
    assert started(project, ada).pk == new.pk


def test_a_response_marked_unusable_can_be_reopened(project: Project, ada: User, lea: User) -> None:
    judged(project, [[1, 1, 6]])
    case = adjudicate.mark_unusable(case=started(project, ada).pk, by=ada, reason="No image.")
    adjudicate.reopen(case=case.pk, by=lea, reason="It is there now.")
    settle(started(project, ada), ada, {"text": 2})
    assert [label.overall for label in labels(project)] == [2]


def test_a_second_decision_under_way_becomes_the_decision(project: Project, ada: User, lea: User, case: Adjudication) -> None:
    project = with_rules(project, second_share=1)
    otto = make_member(project, "otto", "adjudicator")
    second = started(project, otto)
    assert second.second
    assert adjudicate.reopen(case=case.pk, by=lea, reason="Wrong.") == second
    settle(second, otto, {"text": 6})
    assert [label.overall for label in labels(project)] == [6]


def test_a_decision_is_reopened_once_with_a_reason(ada: User, lea: User, case: Adjudication) -> None:
    with pytest.raises(ValidationError) as caught:
        adjudicate.reopen(case=case.pk, by=lea, reason=" ")
    assert caught.value.fields == {"reason": "Say why you reopen it."}
    new = adjudicate.reopen(case=case.pk, by=lea, reason="x")
    with pytest.raises(AlreadyDone, match="reopened already"):
        adjudicate.reopen(case=case.pk, by=lea, reason="x")
    with pytest.raises(Refused, match="not decided yet"):
        adjudicate.reopen(case=new.pk, by=lea, reason="x")


def test_scores_that_changed_since_ask_a_manager_and_change_nothing(
    project: Project, ada: User, lea: User, case: Adjudication
) -> None:
    with pytest.raises(AlreadyDone, match="No scores have changed"):
        adjudicate.confirm(case=case.pk, by=lea)
    revised(case.task, "ana", text=6)
    assert adjudicate.read_queue(project).states.tolist() == ["changed"]
    assert [label.overall for label in labels(project)] == [2]
    assert adjudicate.waiting_count(project, ada) == 0
    assert adjudicate.claim(project=project, by=ada) is None
    for other in (ada, User.objects.get(username="ana")):
        with pytest.raises(Adjudication.DoesNotExist):
            adjudicate.confirm(case=case.pk, by=other)
    assert adjudicate.confirm(case=case.pk, by=lea).confirmed_at
    assert len(adjudicate.read_queue(project)) == 0
    assert Event.objects.get(verb="confirmed").data == {"round": 1, "before": None}
    revised(case.task, "bo", text=6)
    assert adjudicate.read_queue(project).states.tolist() == ["changed"]


def test_where_labels_take_first_judgements_a_revision_changes_nothing(project: Project, lea: User, case: Adjudication) -> None:
    project = with_rules(project, labels_from="first")
    revised(case.task, "ana", text=6)
    assert len(adjudicate.read_queue(project)) == 0


def test_a_second_decision_is_not_reopened(project: Project, lea: User, case: Adjudication) -> None:
    project = with_rules(project, second_share=1)
    otto = make_member(project, "otto", "adjudicator")
    second = settle(started(project, otto), otto, {"text": 6})
    with pytest.raises(Refused, match="for comparison only"):
        adjudicate.reopen(case=second.pk, by=lea, reason="x")
