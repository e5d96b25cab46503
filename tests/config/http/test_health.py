from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from config.http import health
from config.wsgi import application


@pytest.mark.django_db
def test_a_process_that_is_up_and_can_serve_says_so(client: Client) -> None:
    answers = [client.get(path) for path in ("/healthz", "/readyz")]
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b"ok"), (200, b"ok")]
    assert ["no-store" in answer["Cache-Control"] for answer in answers] == [True, True]
    assert not Session.objects.exists()


def refuse(*_arguments: Any) -> Any:
    raise DatabaseError


def refuse_writes(execute: Any, sql: str, *rest: Any) -> Any:
    return refuse() if sql.startswith("INSERT") else execute(sql, *rest)


@pytest.mark.django_db
@pytest.mark.parametrize("refusing", [refuse, refuse_writes])
def test_without_a_database_that_takes_writes_a_process_is_up_and_not_ready(client: Client, refusing: Any) -> None:
    with connection.execute_wrapper(refusing):
        answers = [client.get(path) for path in ("/healthz", "/readyz")]
    assert [(answer.status_code, answer.content.decode()) for answer in answers] == [
        (200, "ok"),
        (503, "the database does not answer, or takes no writes"),
    ]


@pytest.mark.django_db
def test_with_a_migration_that_is_not_applied_a_process_is_not_ready(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("annotation", "0001_initial")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the database is not migrated; migrations not applied: 1")


@pytest.mark.django_db
def test_with_a_full_disk_a_process_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 60)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the disk of DATA_DIR is full")


@pytest.mark.parametrize(("method", "body"), [("GET", b"ok"), ("HEAD", b"")])
def test_the_server_answers_that_it_is_up_before_django_whatever_host_is_asked(method: str, body: bytes) -> None:
    told: list[Any] = []
    environ = {"PATH_INFO": "/healthz", "REQUEST_METHOD": method, "HTTP_HOST": "10.0.0.7"}
    assert b"".join(application(environ, lambda *answer: told.extend(answer))) == body
    assert told == ["200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2"), ("Cache-Control", "no-store")]]
