"""A manager's script invites; whoever has a link accepts it with their own account, or makes one."""

from typing import Any

import pytest
from django.test import Client

from annotation.flow.accounts.invitations import invite
from annotation.models import Invitation, Membership, Project, User
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db
PATH = "/api/v1/projects/study/invitations/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def test_an_invitation_is_made_listed_accepted_and_withdrawn(client: Client, project: Project) -> None:
    made = client.post(PATH, {"role": "annotator", "uses": 2}, content_type="application/json")
    assert made.status_code == 201
    row = made.json()
    link, mailed = row.pop("link"), row.pop("mailed")
    assert (mailed, client.get(PATH).json()) == (False, [row])
    ana = Client()
    ana.force_login(make_user("ana"))
    token = {"token": link.split("/")[-2]}
    accepted = ana.post("/api/v1/invitations/accept/", token, content_type="application/json")
    assert accepted.json() == {"project": "study", "role": "annotator"}
    assert client.get(PATH).json() == [row | {"accepted": 1}]
    withdrawn = client.post(f"{PATH}{row['id']}/withdraw/").json()
    assert (withdrawn.pop("withdrawn_at") is None, withdrawn["accepted"], client.get(PATH).json()) == (False, 1, [])
    bo = Client()
    bo.force_login(make_user("bo"))
    refused = bo.post("/api/v1/invitations/accept/", token, content_type="application/json")
    assert (refused.status_code, "was withdrawn" in refused.json()["detail"]) == (400, True)
    assert set(Membership.objects.values_list("user__username", flat=True)) == {"lea", "ana"}


@pytest.mark.parametrize("body", [[], {}, {"role": "king"}, {"role": "annotator", "days": True}, {"role": ["annotator"]}])
def test_what_cannot_be_invited_is_refused(client: Client, project: Project, body: object) -> None:
    assert client.post(PATH, body, content_type="application/json").status_code == 400
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("body", [[], {}, {"token": 1}, {"token": "nobody made it"}])
def test_what_is_no_token_is_refused(client: Client, project: Project, body: object) -> None:
    assert client.post("/api/v1/invitations/accept/", body, content_type="application/json").status_code == 400


def test_an_invitation_of_another_project_is_not_there(client: Client, project: Project) -> None:
    assert client.post(f"{PATH}999/withdraw/").status_code == 404


JOIN = "/api/v1/invitations/join/"
NEW = {"username": "ana", "password": "a-better-one-77"}


def joined(token: str, **body: object) -> tuple[int, object]:
    answer = Client().post(JOIN, {"token": token} | NEW | body, content_type="application/json")
    return answer.status_code, answer.json()


def test_who_has_no_account_makes_one_with_the_link_once(project: Project) -> None:
    token = invite(project=project, role="expert")[1]
    assert joined(token) == (201, {"username": "ana", "project": "study", "role": "expert"})
    assert Membership.objects.in_project(project, "expert").get().user.check_password(NEW["password"])
    status, refused = joined(token, username="bo")
    assert (status, refused) == (
        400,
        {"detail": "This invitation was used already. Ask the lead of your study for another one."},
    )
    assert not User.objects.filter(username="bo").exists()


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({"password": "1234"}, {"password"}),
        ({"username": "lea"}, {"username"}),
        ({"username": "two words", "password": "123"}, {"username", "password"}),
        ({"username": None, "password": ["a-better-one-77"]}, {"username", "password"}),
        ({"token": 1}, {"token"}),
    ],
)
def test_a_name_or_a_password_that_the_page_refuses_is_refused(project: Project, body: Any, faults: set[str]) -> None:
    token = invite(project=project, role="annotator")[1]
    status, refused = joined(**{"token": token} | body)
    assert (status, set(refused["fields"])) == (400, faults)  # type: ignore[index]
    assert list(User.objects.values_list("username", flat=True)) == ["lea"]
    assert joined(token)[0] == 201


def test_guessing_links_closes_them_for_scripts_too(client: Client, project: Project) -> None:
    assert [joined(f"guess-{number}")[0] for number in range(10)] == [400] * 9 + [429]
    token = invite(project=project, role="annotator")[1]
    answer = Client().post(JOIN, {"token": token} | NEW, content_type="application/json")
    accepted = client.post("/api/v1/invitations/accept/", {"token": token}, content_type="application/json")
    assert [(one.status_code, one["Retry-After"], one["Content-Type"]) for one in (answer, accepted)] == [
        (429, "900", "application/json")
    ] * 2
    assert Membership.objects.count() == 1
