from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from config import health


@pytest.mark.django_db
def test_a_process_that_is_up_and_can_serve_says_so(client: Client) -> None:
    answers = [client.get(path) for path in ("/healthz", "/readyz")]
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b"ok"), (200, b"ok")]
    assert ["no-store" in answer["Cache-Control"] for answer in answers] == [True, True]


def test_without_a_database_a_process_is_up_and_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Unreachable:
        def cursor(self) -> Any:
            raise DatabaseError

    monkeypatch.setattr(health, "connection", Unreachable())
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 503]
