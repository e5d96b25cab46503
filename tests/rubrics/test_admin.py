import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.factories import make_rubric

pytestmark = pytest.mark.django_db


def test_rubrics_are_shown_in_the_admin_and_cannot_be_written_there(client: Client) -> None:
    rubric = make_rubric()
    client.force_login(get_user_model().objects.create_superuser("root"))
    for model in ("rubric", "criterion", "level"):
        assert client.get(f"/admin/rubrics/{model}/").status_code == 200
        assert client.get(f"/admin/rubrics/{model}/add/").status_code == 403
    assert client.get(f"/admin/rubrics/rubric/{rubric.pk}/change/").status_code == 200
    assert client.post(f"/admin/rubrics/rubric/{rubric.pk}/change/", {"title": "New"}).status_code == 403
    assert client.post(f"/admin/rubrics/rubric/{rubric.pk}/delete/", {"post": "yes"}).status_code == 403
