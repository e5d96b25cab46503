"""The page of an invitation, for visitors and for people who are signed in."""

import pytest
from django.test import Client

from annotation.flow.accounts.invitations import invite, withdraw_invitation
from annotation.flow.shown import show_project
from annotation.models import Invitation, Membership, Project, User
from tests.annotation.accounts.test_sign_in import sign_in
from tests.factories import PASSWORD, judged, make_member, make_project, make_user
from tests.markup import words

pytestmark = pytest.mark.django_db
NEW = {"username": "ana", "password": "a-better-one-77", "repeated": "a-better-one-77"}


@pytest.fixture
def project() -> Project:
    return make_project(title="The study")


def page(project: Project, role: str = "annotator", **more: int) -> str:
    return f"/accounts/invitations/{invite(project=project, role=role, **more)[1]}/"


def test_a_visitor_makes_an_account_and_is_signed_in(client: Client, project: Project) -> None:
    address = page(project)
    shown = client.get(address)
    assert "You are invited to take part in this project as annotator." in words(shown.text)
    answer = client.post(address, NEW, follow=True)
    assert answer.redirect_chain == [("/projects/study/", 302)]
    assert "You take part in The study as annotator." in answer.text
    assert "This invitation was used already." in client.get(address).text


def test_the_page_says_what_the_role_does_and_the_rules_of_passwords(client: Client, project: Project) -> None:
    shown = words(client.get(page(project, "expert")).text)
    assert "Experts write reference answers, and approve those that others wrote." in shown
    assert "Your password must contain at least 8 characters." in shown


def test_an_address_is_asked_for_and_kept(client: Client, project: Project) -> None:
    address = page(project)
    refused = client.post(address, NEW | {"email": "ana@"})
    assert (refused.status_code, 'value="ana@"' in refused.text, "is no e-mail address" in refused.text) == (400, True, True)
    client.post(address, NEW | {"email": "ana@example.org"})
    assert User.objects.get(username="ana").email == "ana@example.org"


def test_what_was_typed_stays_after_a_refusal_but_for_passwords(client: Client, project: Project) -> None:
    answer = client.post(page(project), NEW | {"repeated": "another-one-77"})
    assert (answer.status_code, 'value="ana"' in answer.text, "The two passwords differ." in answer.text) == (400, True, True)
    assert "a-better-one-77" not in answer.text


def test_who_has_an_account_signs_in_and_comes_back(client: Client, project: Project) -> None:
    make_user("ana")
    address = page(project)
    assert f'href="/accounts/login/?next={address}"' in client.get(address).text
    signed_in = client.post("/accounts/login/", {"login": "ana", "password": PASSWORD, "next": address})
    assert signed_in["Location"] == address
    assert "You are signed in as ana." in words(client.get(address).text)
    client.post(address)
    assert Membership.objects.values_list("user__username", "role").get() == ("ana", "annotator")


def test_who_was_shown_scores_is_told_before_they_accept(client: Client, project: Project) -> None:
    judged(project, [[1], [2]], names=("bo",))
    ana = make_user("ana")
    show_project(to=ana, project=project)
    client.force_login(ana)
    assert "ana has been shown others' scores of 2 responses" in words(client.get(page(project)).text)
    assert "has been shown" not in client.get(page(project, "adjudicator")).text


def test_a_member_is_told_that_they_are_one(client: Client, project: Project) -> None:
    client.force_login(make_member(project, "lea", "manager"))
    assert "You take part in The study already, as manager." in client.post(page(project)).text


def test_a_withdrawn_link_says_so_and_counts_for_nothing(client: Client, project: Project) -> None:
    address = page(project)
    withdraw_invitation(project=project, invitation=Invitation.objects.get().pk)
    answers = [client.get(address) for _number in range(12)]
    assert {answer.status_code for answer in answers} == {404}
    assert "This invitation was withdrawn." in answers[-1].text


def test_guessing_links_closes_them_for_the_address_and_not_sign_in(client: Client, project: Project) -> None:
    make_user("ana")
    codes = [client.get(f"/accounts/invitations/guess-{number}/").status_code for number in range(10)]
    assert codes == [404] * 9 + [429]
    address = page(project)
    assert (client.get(address).status_code, client.post(address, NEW).status_code) == (429, 429)
    assert sign_in(client).status_code == 302
    assert client.get(address, REMOTE_ADDR="192.0.2.7").status_code == 200
