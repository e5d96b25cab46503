"""A manager's script makes somebody anonymous."""

import pytest
from django.test import Client

from annotation.models import User
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db
PATH = "/api/v1/projects/study/members/ana/anonymise/"


def test_a_member_is_made_anonymous_and_nobody_else(client: Client) -> None:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    make_member(project, "ana")
    make_user("stranger")
    assert [client.post(PATH.replace("ana", name)).status_code for name in ("stranger", "lea")] == [400, 400]
    neutral = client.post(PATH).json()["username"]
    assert set(User.objects.values_list("username", flat=True)) == {"lea", "stranger", neutral}
