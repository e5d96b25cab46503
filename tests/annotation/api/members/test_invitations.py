"""A manager's script invites; whoever has a link accepts it with their own account."""

import pytest
from django.test import Client

from annotation.models import Invitation, Membership, Project
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
