"""A claim gives each annotator the next slot of a task that is new to them, and nobody the same slot."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from annotation.errors import Refused
from annotation.flow import score
from annotation.models import Annotation, Assignment, Event, Lapse, Project, User
from tests.factories import body, judged, make_member, make_project, make_user, responses

pytestmark = pytest.mark.django_db


def held(project: Project, user: User) -> Assignment:
    slot = score.claim(project=project, by=user)
    assert slot is not None
    return slot


def lapse(slot: Assignment) -> None:
    Assignment.objects.filter(pk=slot.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))


def test_a_claim_holds_the_next_slot_with_a_lease(project: Project, ana: User) -> None:
    responses(project, 3)
    slot = held(project, ana)
    first = Assignment.objects.order_by("position")[0]
    assert (slot.pk, slot.annotator, slot.submitted_at) == (first.pk, ana, None)
    assert timedelta(minutes=59) < slot.lease_expires_at - timezone.now() <= timedelta(minutes=60)


def test_a_claim_gives_the_held_slot_again(project: Project, ana: User) -> None:
    responses(project, 3)
    assert held(project, ana).pk == held(project, ana).pk
    assert Assignment.objects.held().count() == 1


def test_a_claim_never_asks_of_every_submitted_slot_whether_its_scores_were_shown(project: Project, ana: User) -> None:
    """PostgreSQL reads all submitted slots into a hash where nothing that is asked of them depends on the slot to be claimed."""
    responses(project, 3)
    plan = Assignment.objects.filter(project=project).of_tasks_new_to(ana).open().explain()
    if connection.vendor == "postgresql":
        assert "(project_id = annotation_assignment.project_id)" in plan
    else:
        assert re.search(r"SEARCH V0 USING INDEX \S+ \(task_id=", plan)


def test_only_annotators_of_the_project_claim(project: Project) -> None:
    responses(project)
    lea = make_member(project, "lea", "manager")
    for user in (lea, make_user("stranger")):
        with pytest.raises(Refused, match=r"^Only annotators of the project score\.$"):
            score.claim(project=project, by=user)


def test_nobody_gets_two_slots_of_one_task_and_then_nothing_is_left(project: Project, ana: User) -> None:
    tasks = responses(project, 3)
    for _task in tasks:
        score.submit(assignment=held(project, ana).pk, by=ana, body=body())
    assert score.claim(project=project, by=ana) is None
    assert set(Annotation.objects.values_list("task", "annotator")) == {(task.pk, ana.pk) for task in tasks}


def test_two_annotators_fill_the_overlap_and_no_more(project: Project, ana: User, bo: User) -> None:
    responses(project, 4)
    for user in (ana, bo):
        while slot := score.claim(project=project, by=user):
            score.submit(assignment=slot.pk, by=user, body=body())
    assert Annotation.objects.count() == 8
    assert score.claim(project=project, by=make_member(project, "chen")) is None


def test_a_slot_whose_lease_ran_out_goes_to_somebody_else_with_a_record(project: Project, ana: User, bo: User) -> None:
    [task] = responses(project)
    slot = held(project, ana)
    other = Assignment.objects.get(task=task, annotator=None)
    Assignment.objects.filter(pk=other.pk).delete()
    lapse(slot)
    assert held(project, bo).pk == slot.pk
    assert list(Lapse.objects.values_list("assignment", "annotator")) == [(slot.pk, ana.pk)]
    assert list(Event.objects.filter(verb="lease_lapsed").values_list("task", "by", "data__annotator")) == [
        (task.pk, bo.pk, ana.pk)
    ]


def test_a_slot_given_back_behind_the_annotator_comes_after_all_slots_ahead(project: Project, ana: User, bo: User) -> None:
    responses(project, 3)
    first = held(project, ana)
    score.skip(assignment=first.pk, by=ana, reason="no")
    taken = []
    while slot := score.claim(project=project, by=bo):
        taken.append(slot.position)
        score.submit(assignment=slot.pk, by=bo, body=body())
    assert (len(taken), len(set(taken))) == (3, 3)


def test_two_annotators_get_the_same_tasks_in_different_orders() -> None:
    project = make_project(overlap=2)
    judged(project, [[None, None]] * 12, names=("ana", "bo"))
    orders = []
    for name in ("ana", "bo"):
        user, order = make_member(project, name), []
        while slot := score.claim(project=project, by=user):
            order.append(slot.task_id)
            score.submit(assignment=slot.pk, by=user, body=body())
        orders.append(order)
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1])


def test_progress_counts_ones_own_and_the_most_that_can_still_come(project: Project, ana: User, bo: User) -> None:
    responses(project, 4)
    assert score.progress(project=project, by=ana) == (0, 4)
    score.submit(assignment=held(project, ana).pk, by=ana, body=body())
    assert score.progress(project=project, by=ana) == (1, 3)
    score.skip(assignment=held(project, ana).pk, by=ana, kind="harmful", reason="")
    assert score.progress(project=project, by=ana) == (1, 2)
    while slot := score.claim(project=project, by=bo):
        score.submit(assignment=slot.pk, by=bo, body=body())
    assert (score.progress(project=project, by=ana), score.progress(project=project, by=bo)) == ((1, 2), (4, 0))


def test_what_others_hold_is_elsewhere_while_it_is_new_to_the_person(project: Project, ana: User, bo: User) -> None:
    responses(project, 2)
    score.submit(assignment=held(project, ana).pk, by=ana, body=body())
    score.skip(assignment=held(project, ana).pk, by=ana, kind="harmful", reason="")
    assert score.elsewhere(project=project, by=ana) == 0
    held(project, bo)
    assert score.elsewhere(project=project, by=ana) == 0  # of one that she judged or skipped
    carla = make_member(project, "carla")
    assert score.elsewhere(project=project, by=carla) == 1
