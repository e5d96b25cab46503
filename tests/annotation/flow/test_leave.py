"""A membership ends: nothing that the person holds stays with them, and nothing that they did is lost."""

from typing import Any

import pytest

from annotation.errors import NoLongerYours, Refused
from annotation.flow import adjudicate, score
from annotation.flow.adjudicate.queue import was_manager
from annotation.flow.agree import agreement_report
from annotation.flow.history import history_of, sentence
from annotation.flow.leave import end_member
from annotation.flow.load import load_scores
from annotation.flow.score.own import own_assignment
from annotation.flow.setup.projects import add_member
from annotation.models import (
    Adjudication,
    Assignment,
    CaseReview,
    Draft,
    Event,
    Membership,
    Participation,
    Project,
    Revision,
    User,
)
from tests.annotation.flow.adjudicate.cases import make_disputed_project
from tests.factories import body, judged, make_member, make_project, make_user, responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def ana(project: Project) -> User:
    return make_member(project, "ana")


@pytest.fixture
def bo(project: Project) -> User:
    return make_member(project, "bo")


@pytest.fixture
def lea(project: Project) -> User:
    return make_member(project, "lea", "manager")


def test_a_held_slot_goes_back_at_once_and_its_draft_is_kept(project: Project, ana: User, bo: User, lea: User) -> None:
    responses(project)
    slot = score.claim(project=project, by=ana)
    assert slot
    score.save_draft(assignment=slot.pk, by=ana, body=body())
    end_member(username="ana", project=project, by=lea)
    back = Assignment.objects.get(pk=slot.pk)
    assert (back.annotator, back.claimed_at, back.lease_expires_at, back.reopened_at is None) == (None, None, None, False)
    assert Draft.objects.filter(task=slot.task, annotator=ana).exists()
    taken = score.claim(project=project, by=bo)
    assert taken is not None
    assert taken.task_id == slot.task_id


def test_what_was_submitted_stays_and_counts(project: Project, lea: User) -> None:
    judged(project, [[1, 2, 2], [4, 4, 5]])
    before = agreement_report(project)
    for name in ("ana", "bo"):
        end_member(username=name, project=project, by=lea)
    assert Membership.objects.filter(user__username__in=["ana", "bo"]).count() == 0
    assert agreement_report(project) == before
    assert Revision.objects.count() == 6


def test_a_held_case_and_those_reserved_go_back() -> None:
    project = make_disputed_project()
    lea, ada = make_member(project, "lea", "manager"), make_member(project, "ada", "adjudicator")
    first, second = judged(project, [[1, 1, 6], [1, 6, 6]])
    review = adjudicate.claim(project=project, by=ada, task=first.pk)
    assert review
    adjudicate.skip(case=review.adjudication_id, by=ada, reason="later")
    other = adjudicate.claim(project=project, by=ada, task=second.pk)
    assert other
    Adjudication.objects.filter(pk=review.adjudication_id).update(reserved_for=ada)
    end_member(username="ada", project=project, by=lea)
    ending = CaseReview.objects.filter(pk=other.pk).values_list("ending", "lease_expires_at").get()
    assert (ending, CaseReview.objects.held().count()) == (("taken_back", None), 0)
    assert Adjudication.objects.filter(reserved_for__isnull=False).count() == 0
    bea = make_member(project, "bea", "adjudicator")
    assert adjudicate.claim(project=project, by=bea, task=second.pk)


def test_events_say_who_left_and_what_was_given_back(project: Project, ana: User, lea: User) -> None:
    [task] = responses(project)
    score.claim(project=project, by=ana)
    end_member(username="ana", project=project, by=lea)
    ended = Event.objects.get(verb="member_ended")
    assert (ended.by, ended.data) == (lea, {"username": "ana", "role": "annotator", "member": ana.pk})
    told = [sentence(happening) for happening in history_of(task)]
    assert told[-2:] == ["ana claimed the response.", "The response was given back, as the membership of ana ended."]


def test_the_last_manager_cannot_leave_and_one_of_two_can(project: Project, lea: User) -> None:
    idle = make_member(project, "ivo", "manager")
    User.objects.filter(pk=idle.pk).update(is_active=False)
    with pytest.raises(Refused, match=r"^lea is the only manager of the project: make somebody else one first\.$"):
        end_member(username="lea", project=project, by=lea)
    make_member(project, "max", "manager")
    participation = end_member(username="lea", project=project, by=lea)
    assert (participation.ended_by, participation.ended_at is None) == (lea, False)


def test_who_leaves_leaves_with_all_their_roles(project: Project, lea: User) -> None:
    kim = make_member(project, "kim", "manager", also=["adjudicator"])
    end_member(username="kim", project=project, by=lea)
    assert not Membership.objects.filter(user=kim).exists()
    event = Event.objects.get(verb="member_ended")
    assert (event.data["role"], event.data["roles"]) == ("manager", ["manager", "adjudicator"])
    make_member(project, "lea", "manager", also=["adjudicator"])
    with pytest.raises(Refused, match="lea is the only manager"):
        end_member(username="lea", project=project)


@pytest.mark.parametrize("name", ["nobody", "stranger", "le\0a"])
def test_who_is_no_member_cannot_leave(project: Project, lea: User, name: str) -> None:
    make_member(make_project(slug="elsewhere", rubrics=["small"]), "stranger")
    with pytest.raises(Refused, match=r"is no member of the project$"):
        end_member(username=name, project=project, by=lea)


def test_a_membership_begins_again_with_drafts_and_the_same_name(project: Project, ana: User, lea: User) -> None:
    responses(project)
    slot = score.claim(project=project, by=ana)
    assert slot
    score.save_draft(assignment=slot.pk, by=ana, body=body())
    end_member(username="ana", project=project, by=lea)
    with pytest.raises(Assignment.DoesNotExist):
        own_assignment(slot.pk, ana)
    ana.username = "anna"
    ana.save()
    add_member(username="anna", project=project, role="annotator", by=lea)
    assert score.take_up(assignment=slot.pk, by=ana).pk == slot.pk
    assert Participation.objects.values_list("name", "ended_at", "ended_by").get(user=ana) == ("ana", None, None)


def test_a_submission_under_way_is_kept_as_a_draft(project: Project, ana: User, lea: User) -> None:
    responses(project)
    slot = score.claim(project=project, by=ana)
    assert slot
    read = own_assignment(slot.pk, ana)  # by the request that submits, before the membership ends
    end_member(username="ana", project=project, by=lea)
    with pytest.raises(NoLongerYours):
        score.submit(assignment=read, by=ana, body=body(text=2))
    assert (Revision.objects.count(), Draft.objects.get().content["scores"]["text"]) == (0, 2)


def test_scores_of_somebody_who_left_can_be_loaded_and_do_not_make_them_a_member(
    project: Project, ana: User, lea: User, tmp_path: Any
) -> None:
    responses(project)
    end_member(username="ana", project=project, by=lea)
    file = tmp_path / "scores.csv"
    file.write_text("id,model,annotator,criterion,score\nPBL-0001,system-a,ana,text,4\nPBL-0001,system-a,ana,images,na\n")
    report = load_scores(path=file, project=project)
    assert (report.as_dict()["annotations"], Membership.objects.filter(user=ana).count()) == (1, 0)


def test_who_was_a_manager_under_another_name_is_still_known_to_have_been(project: Project, lea: User) -> None:
    make_member(project, "max", "manager")
    lea.username = "leah"
    lea.save()
    end_member(username="leah", project=project)
    make_user("lea")  # somebody else, who was never one
    add_member(username="lea", project=project, role="adjudicator")
    add_member(username="leah", project=project, role="adjudicator")
    assert [was_manager(project, User.objects.get(username=name)) for name in ("leah", "lea")] == [True, False]
