"""A manager's script makes a link for a member's new password."""

import pytest
from django.test import Client

from annotation.models import PasswordLink
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
PATH = "/api/v1/projects/study/members/ana/password-link/"


def test_a_link_is_made_for_a_member_and_not_for_a_manager(client: Client) -> None:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    make_member(project, "ana")
    made = client.post(PATH)
    assert (made.status_code, made.json()["username"]) == (201, "ana")
    assert Client().get(made.json()["link"]).status_code == 200
    refused = client.post(PATH.replace("ana", "lea"))
    assert (refused.status_code, PasswordLink.objects.count()) == (400, 1)
