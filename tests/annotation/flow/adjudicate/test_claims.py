"""Who holds a case, for how long, and what they find when they come back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.errors import NoLongerYours, Refused
from annotation.flow import adjudicate, score
from annotation.flow.labels import labels
from annotation.flow.setup.projects import add_member
from annotation.models import Adjudication, BlindScore, CaseReview, Draft, Event, Project, User
from tests.annotation.flow.adjudicate.cases import lapse, scored_blind, settle, started, with_rules
from tests.factories import body, claim_task, judge, judged, make_member, responses

pytestmark = pytest.mark.django_db


def test_only_adjudicators_start(project: Project) -> None:
    judged(project, [[1, 1, 6]])
    for name, role in (("lea", "manager"), ("ana", "annotator")):
        with pytest.raises(Refused, match=r"^Only adjudicators of the project decide\.$"):
            adjudicate.claim(project=project, by=make_member(project, name, role))


def test_where_managers_decide_they_see_the_scores_from_the_start(project: Project) -> None:
    judged(project, [[1, 1, 6]])
    project = with_rules(project, deciders="managers")
    lea = make_member(project, "lea", "manager")
    review = adjudicate.claim(project=project, by=lea)
    assert review
    assert review.revealed_at
    settle(review.adjudication, lea, {"text": 2})
    assert BlindScore.objects.count() == 0


def test_who_was_a_manager_once_is_never_blind(project: Project) -> None:
    judged(project, [[1, 1, 6]])
    lea = make_member(project, "lea", "manager")
    add_member(username="lea", project=project, role="adjudicator")
    review = adjudicate.claim(project=project, by=lea)
    assert review
    assert review.revealed_at


def test_start_gives_the_open_case_again_with_a_fresh_lease(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6], [1, 1, 6]])
    case = started(project, ada)
    CaseReview.objects.update(lease_expires_at=timezone.now() + timedelta(minutes=1))
    assert started(project, ada).pk == case.pk
    review = CaseReview.objects.get()
    assert review.lease_expires_at
    assert review.lease_expires_at > timezone.now() + timedelta(minutes=50)
    assert Event.objects.filter(verb="case_claimed").count() == 1


def test_two_adjudicators_get_two_cases_and_a_third_none(project: Project, ada: User, otto: User) -> None:
    judged(project, [[1, 1, 6], [1, 1, 6]])
    assert started(project, ada).task_id != started(project, otto).task_id
    assert adjudicate.claim(project=project, by=make_member(project, "ute", "adjudicator")) is None


def test_a_named_task_is_opened_if_it_waits(project: Project, ada: User, otto: User) -> None:
    tasks = judged(project, [[1, 1, 6], [1, 1, 6], [4, 4, 4]])
    for task in tasks[:2]:
        review = adjudicate.claim(project=project, by=ada, task=task.pk)
        assert review
        assert review.adjudication.task_id == task.pk
        assert adjudicate.claim(project=project, by=otto, task=task.pk) is None
        adjudicate.skip(case=review.adjudication_id, by=ada, reason="Not my field.")
    assert adjudicate.claim(project=project, by=ada, task=tasks[2].pk) is None


def test_an_abandoned_case_goes_to_somebody_else_who_is_blind(project: Project, ada: User, otto: User) -> None:
    judged(project, [[1, 1, 6]])
    case = scored_blind(project, ada)
    assert adjudicate.claim(project=project, by=otto) is None
    lapse()
    assert started(project, otto).pk == case.pk
    with pytest.raises(NoLongerYours):
        adjudicate.decide(case=case.pk, by=ada, decisions={"text": {"score": 3, "cause": "slip", "reason": "x"}})
    parts = CaseReview.objects.order_by("claimed_at").values_list("adjudicator__username", "ending", "revealed_at")
    assert [(name, ending, bool(at)) for name, ending, at in parts] == [("ada", "lapsed", True), ("otto", "", False)]
    assert list(Event.objects.filter(verb="case_lapsed").values_list("by__username", "data")) == [("ada", {"round": 1})]


def test_after_a_lapse_the_same_person_goes_on_at_the_decision(project: Project, ada: User, otto: User) -> None:
    judged(project, [[1, 1, 6]])
    case = scored_blind(project, ada, text=5)
    lapse()
    started(project, otto)
    lapse()
    again = adjudicate.claim(project=project, by=ada)
    assert again
    assert (again.adjudication_id, again.revealed_at is None) == (case.pk, False)
    assert [score.answer for score in BlindScore.objects.filter(review=again)] == [5]
    settle(case, ada, {"text": 2})


def test_who_saw_the_scores_in_an_earlier_round_is_not_blind_in_the_next(project: Project, ada: User, otto: User) -> None:
    judged(project, [[1, 1, 6]])
    case = settle(started(project, ada), ada, {"text": 2})
    adjudicate.reopen(case=case.pk, by=make_member(project, "lea", "manager"), reason="Wrong.")
    review = adjudicate.claim(project=project, by=ada)
    assert review
    assert review.revealed_at
    assert review.adjudication.round == 2
    adjudicate.skip(case=review.adjudication_id, by=ada, reason="Somebody else.")
    other = adjudicate.claim(project=project, by=otto)
    assert other
    assert other.revealed_at is None


def test_what_somebody_judged_holds_or_drafted_as_an_annotator_they_do_not_adjudicate(project: Project) -> None:
    tasks = responses(project, 3)
    names = ("ana", "bo", "chen")
    for task in tasks:
        for name, text in zip(names, (1, 1, 6), strict=True):
            if (task, name) not in ((tasks[0], "chen"),):
                judge(task, make_member(project, name), text=text)
    eve = make_member(project, "eve")
    judge(tasks[0], eve, text=6)
    Draft.objects.create(task=tasks[1], annotator=eve, content=body(), saved_at=timezone.now())
    add_member(username="eve", project=project, role="adjudicator")
    assert started(project, eve).task_id == tasks[2].pk
    assert adjudicate.waiting_count(project, eve) == 1
    assert [adjudicate.claim(project=project, by=eve, task=task.pk).adjudication.task_id for task in tasks] == [tasks[2].pk] * 3  # type: ignore[union-attr]


def test_the_list_of_candidates_may_be_a_minute_old_but_what_is_held_is_disputed_now(project: Project, ada: User) -> None:
    tasks = judged(project, [[1, 1, 6], [1, 1, 6]])
    assert adjudicate.waiting_count(project, ada) == 2
    Adjudication.objects.all().delete()
    for task in tasks:  # dropped behind the cache's back
        type(task.response.query).objects.filter(pk=task.response.query_id).update(dropped_at=timezone.now(), dropped_by=ada)
    assert adjudicate.waiting_count(project, ada) == 2
    assert adjudicate.claim(project=project, by=ada) is None


def test_an_adjudicator_of_a_response_is_never_offered_it_as_an_annotator(project: Project, ada: User) -> None:
    judged(project, [[1, 1, 6]])
    make_member(project, "dee")
    case = scored_blind(project, ada)
    adjudicate.ask_further(case=case.pk, by=ada)
    add_member(username="ada", project=project, role="annotator")
    assert score.claim(project=project, by=ada) is None
    slot = score.claim(project=project, by=make_member(project, "dee"))
    assert slot
    assert slot.task_id == case.task_id


def test_a_second_decision_goes_to_another_adjudicator_unmarked_and_labels_ignore_it(
    project: Project, ada: User, otto: User
) -> None:
    project = with_rules(project, second_share=1)
    judged(project, [[1, 1, 6]])
    settle(started(project, ada), ada, {"text": 2})
    assert adjudicate.claim(project=project, by=ada) is None
    second = started(project, otto)
    assert (second.second, second.round) == (True, 2)
    assert list(second.decisions.values_list("criterion__key", "disputed")) == [("text", True)]
    settle(second, otto, {"text": 5})
    assert [label.overall for label in labels(project)] == [2]
    assert adjudicate.claim(project=project, by=otto) is None
    assert adjudicate.claim(project=project, by=make_member(project, "ute", "adjudicator")) is None


def test_a_second_case_that_was_left_becomes_the_decision_once_more_of_the_response_is_in_dispute(
    project: Project, ada: User, otto: User
) -> None:
    project = with_rules(project, second_share=1, cut_off=None)
    judged(project, [[body(text=1, images=2), body(text=6, images=4), body(text=1, images=4)]])
    settle(started(project, ada), ada, {"text": 2})
    second = started(project, otto)
    adjudicate.skip(case=second.pk, by=otto, reason="Later.")
    assert second.second
    project = with_rules(project, group_range=1)
    again = started(project, ada)
    assert (again.pk, again.second) == (second.pk, False)
    settle(again, ada, {"text": 3, "images": 4})
    assert [(label.how, label.criteria["text"].value, label.criteria["images"].value) for label in labels(project)] == [
        ("adjudicated", 3, 4)
    ]


def test_a_decision_that_was_left_becomes_a_second_one_once_nothing_more_is_in_dispute(
    project: Project, ada: User, otto: User
) -> None:
    project = with_rules(project, second_share=1, cut_off=None)
    judged(project, [[body(text=1, images=2), body(text=6, images=4), body(text=1, images=4)]])
    settle(started(project, ada), ada, {"text": 2})
    case = started(with_rules(project, group_range=1), ada)
    adjudicate.skip(case=case.pk, by=ada, reason="Later.")
    assert not case.second
    again = started(with_rules(project, group_range=3), otto)
    assert (again.pk, again.second) == (case.pk, True)
    settle(again, otto, {"text": 5, "images": 4})
    assert [label.criteria["text"].value for label in labels(project)] == [2]


def test_criteria_that_came_into_dispute_are_asked_too_and_those_no_longer_in_dispute_are_not(
    project: Project, ada: User
) -> None:
    [task] = judged(project, [[body(text=1, images=2), body(text=6, images=2), body(text=1, images=2)]])
    case = started(project, ada)
    adjudicate.skip(case=case.pk, by=ada, reason="Later.")
    project = with_rules(project, cut_off=None, group_range=1)
    otto = make_member(project, "otto", "adjudicator")
    assert started(project, otto).pk == case.pk
    assert list(case.decisions.values_list("criterion__key", flat=True)) == ["text"]
    assert task.pk == case.task_id


def test_a_held_slot_counts_as_the_persons_own_work(project: Project) -> None:
    [task] = judged(project, [[1, 6, None]])
    eve = make_member(project, "eve")
    claim_task(task, eve)
    add_member(username="eve", project=project, role="adjudicator")
    assert adjudicate.waiting_count(project, eve) == 0
