"""The page of rights, for each role."""

import pytest
from django.test import Client

from annotation.models import Role
from tests.factories import make_member, make_project
from tests.markup import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role.values)
def test_every_member_reads_what_each_role_may_do(client: Client, role: str) -> None:
    client.force_login(make_member(make_project(), "ana", role))
    page = words(client.get("/projects/study/rights/").text)
    assert f"You take part in this project as {role}." in page
    assert "Score responses, skip and flag them, revise own scores yes – –" in page
