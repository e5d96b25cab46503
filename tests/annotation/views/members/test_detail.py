"""The managers' page of one member."""

import re

import pytest
from django.core import mail
from django.test import Client

from annotation.models import PasswordLink, Project, User
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/members/of/ana/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    make_member(project, "ana")
    return project


def test_a_link_for_a_new_password_is_shown_once_and_mailed(client: Client, project: Project) -> None:
    User.objects.filter(username="ana").update(email="ana@example.org")
    made = client.post(PAGE, {"action": "password"})
    link = re.search(r'value="(http://testserver/accounts/password/new/[^"]+/)"', made.text)
    assert link
    assert link[1] in str(mail.outbox[0].body)
    assert Client().get(link[1]).status_code == 200
    assert "/password/new/" not in client.get(PAGE).text


def test_of_a_manager_no_link_is_offered_or_made(client: Client, project: Project) -> None:
    make_member(project, "max", "manager")
    page = PAGE.replace("ana", "max")
    assert 'value="password"' not in client.get(page).text
    refused = client.post(page, {"action": "password"})
    assert (refused.status_code, PasswordLink.objects.count()) == (400, 0)


def test_only_members_have_a_page(client: Client, project: Project) -> None:
    make_user("stranger")
    codes = [client.get(PAGE.replace("ana", name)).status_code for name in ("stranger", "nobody", "ANA")]
    assert (codes, client.post(PAGE, {"action": "dance"}).status_code) == ([404, 404, 200], 400)
