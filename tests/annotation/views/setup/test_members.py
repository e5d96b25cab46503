"""The page of a project's people: roles, tokens, and the end of a membership."""

import re
from typing import Any

import pytest
from django.test import Client
from knox.models import AuthToken

from annotation.flow.accounts.tokens import new_token
from annotation.flow.shown import show_project
from annotation.models import Membership, Project
from tests.annotation.accounts.test_second_factor import with_factor
from tests.factories import judged, make_member, make_project, make_user
from tests.markup import words

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/members/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def roles(project: Project) -> dict[str, str]:
    return dict(Membership.objects.in_project(project).values_list("user__username", "role"))


def test_a_person_is_added_ended_and_added_again(client: Client, project: Project) -> None:
    make_user("ana")
    added = client.post(PAGE, {"action": "role", "username": "ana", "role": "annotator"}, follow=True)
    assert ("ana is now annotator." in added.text, roles(project)) == (True, {"lea": "manager", "ana": "annotator"})
    ended = client.post(PAGE, {"action": "end", "username": "ana"}, follow=True)
    assert "The membership of ana has ended." in ended.text
    assert "Former members" in ended.text
    assert roles(project) == {"lea": "manager"}
    again = client.post(PAGE, {"action": "role", "username": "ana", "role": "adjudicator"}, follow=True)
    assert ("Former members" in again.text, roles(project)["ana"]) == (False, "adjudicator")


def test_who_was_shown_scores_is_made_an_annotator_only_after_a_question(client: Client, project: Project) -> None:
    judged(project, [[1], [2]], names=("ana",))
    show_project(to=make_member(project, "dara", "manager"), project=project)
    change = {"action": "role", "username": "dara", "role": "annotator"}
    asked = client.post(PAGE, change)
    assert "dara has been shown others' scores of 2 responses" in words(asked.text)
    assert roles(project)["dara"] == "manager"
    client.post(PAGE, change | {"confirmed": "1"})
    assert roles(project)["dara"] == "annotator"


def test_several_roles_are_ticked_listed_in_one_row_and_taken_again(client: Client, project: Project) -> None:
    make_member(project, "ana")
    given = client.post(PAGE, {"action": "role", "username": "ana", "role": ["annotator", "expert"]}, follow=True)
    assert "ana is now annotator, expert." in given.text
    ticked = re.findall(r'value="(\w+)" checked', given.text.partition("Add somebody")[0])
    assert (ticked, given.text.count("End the membership of")) == (["annotator", "expert", "manager"], 2)
    taken = client.post(PAGE, {"action": "role", "username": "ana", "role": "expert"}, follow=True)
    assert ("ana is now expert." in taken.text, roles(project)["ana"]) == (True, "expert")


def test_the_question_before_somebody_becomes_an_annotator_keeps_all_roles(client: Client, project: Project) -> None:
    judged(project, [[1]], names=("ana",))
    show_project(to=make_member(project, "dara", "manager"), project=project)
    asked = client.post(PAGE, {"action": "role", "username": "dara", "role": ["annotator", "expert"]}).text
    assert re.findall(r'type="hidden" name="role" value="(\w+)"', asked) == ["annotator", "expert"]


def test_tokens_of_a_member_are_revoked(client: Client, project: Project) -> None:
    for name in ("ana", "bo"):
        new_token(user=make_member(project, name), days=9)
    new_token(user=make_user("stranger"), days=9)
    done = client.post(PAGE, {"action": "revoke", "username": "ana"}, follow=True)
    assert "1 token of ana was revoked." in done.text
    refused = client.post(PAGE, {"action": "revoke", "username": "stranger"}, follow=True)
    assert "stranger is no member of the project" in refused.text
    assert set(AuthToken.objects.values_list("user__username", flat=True)) == {"bo", "stranger"}


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({"action": "end", "username": "lea"}, "lea is the only manager of the project"),
        ({"action": "role", "username": "zoe", "role": "annotator"}, "there is no zoe"),
        ({"action": "role", "username": "lea", "role": "king"}, "role: king is none of"),
        ({"action": "role", "username": "lea", "role": ["manager", "annotator"]}, "nobody is annotator and manager at once"),
        ({"action": "role", "username": "lea"}, "Choose a role. To take the last one, end the membership."),
        ({"action": "dance"}, "Choose what to do."),
    ],
)
def test_what_cannot_be_done_is_said(client: Client, project: Project, posted: dict[str, Any], message: str) -> None:
    assert message in client.post(PAGE, posted, follow=True).text
    assert roles(project) == {"lea": "manager"}


def test_a_manager_who_leaves_is_shown_the_other_projects(client: Client, project: Project) -> None:
    make_member(project, "max", "manager")
    answer = client.post(PAGE, {"action": "end", "username": "lea"}, follow=True)
    assert (answer.redirect_chain, "The membership of lea has ended." in answer.text) == ([("/", 302)], True)


def test_managers_are_asked_for_a_second_factor_by_one_who_has_it(client: Client, project: Project) -> None:
    refused = client.post(PAGE, {"action": "second-factor", "wanted": "on"}, follow=True)
    assert "Set up your own second factor first" in refused.text
    with_factor(project.memberships.get().user)
    client.post(PAGE, {"action": "second-factor", "wanted": "on"})
    assert Project.objects.get().second_factor
    client.post(PAGE, {"action": "second-factor"})
    assert not Project.objects.get().second_factor
