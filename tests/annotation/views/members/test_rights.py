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
    assert f"Score responses, skip and flag them, revise own scores {'yes' if role == 'annotator' else '–'} yes – –" in page


def test_somebody_with_several_roles_may_do_what_each_of_them_may(client: Client) -> None:
    client.force_login(make_member(make_project(), "ana", "annotator", also=["expert"]))
    page = words(client.get("/projects/study/rights/").text)
    assert "You take part in this project as annotator, expert." in page
    assert "Score responses, skip and flag them, revise own scores yes yes –" in page
    assert "Write reference answers, and approve those that others wrote yes – –" in page
    assert "Decide disputes, after scoring them blind – – yes" in page
    answer = client.get("/api/v1/projects/study/rights/").json()
    assert {",".join(row["roles"]) for row in answer if row["yours"]} == {"annotator", "expert,manager"}
