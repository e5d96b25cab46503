"""Sign-out leaves what the browser keeps; "sign out and clear this device" has it deleted."""

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_clearing_the_device_signs_out_and_has_the_browser_delete_what_it_keeps(client: Client) -> None:
    client.force_login(make_user("ana"))
    assert client.get("/accounts/clear/").context["user"].username == "ana"  # asks first
    answer = client.post("/accounts/clear/")
    assert (answer.status_code, answer["Clear-Site-Data"]) == (200, '"cache", "storage"')
    assert client.get("/").status_code == 302


def test_who_is_signed_out_already_can_clear_the_device(client: Client) -> None:
    assert client.post("/accounts/clear/")["Clear-Site-Data"] == '"cache", "storage"'


def test_another_site_cannot_clear_the_device() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("ana"))
    answer = client.post("/accounts/clear/")
    assert (answer.status_code, "Clear-Site-Data" in answer) == (403, False)
    assert client.get("/").status_code == 200


def test_plain_sign_out_deletes_nothing(client: Client) -> None:
    client.force_login(make_user("ana"))
    answer = client.post("/accounts/logout/")
    assert (answer.status_code, answer["Location"], "Clear-Site-Data" in answer) == (302, "/accounts/login/", False)
