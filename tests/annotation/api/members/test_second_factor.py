"""A manager's script reads and sets whether managers need a second factor."""

import pytest
from django.test import Client

from tests.annotation.accounts.test_second_factor import with_factor
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
PATH = "/api/v1/projects/study/second-factor/"


def test_it_is_set_by_a_manager_who_has_one(client: Client) -> None:
    lea = make_member(make_project(), "lea", "manager")
    client.force_login(lea)
    body = {"second_factor": True}
    assert client.patch(PATH, body, content_type="application/json").status_code == 400
    with_factor(lea)
    assert client.patch(PATH, body, content_type="application/json").json() == body
    assert client.get(PATH).json() == body
    assert client.patch(PATH, {"second_factor": "off"}, content_type="application/json").status_code == 400
