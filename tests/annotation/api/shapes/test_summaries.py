"""Each call of the API is listed with a sentence."""

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_each_call_has_its_first_sentence_as_summary(client: Client) -> None:
    client.force_login(make_user("ana"))
    schema = client.get("/api/v1/schema/?format=json").json()
    calls = {f"{method} {path}": call for path, methods in schema["paths"].items() for method, call in methods.items()}
    assert calls["post /api/v1/assignments/{id}/submit/"]["summary"] == "Submit the judgement"
    assert [name for name, call in calls.items() if not call["summary"] or ". " in call["summary"]] == []
