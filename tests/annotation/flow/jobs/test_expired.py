"""Which rows go, and that their neighbours stay."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from knox.models import AuthToken

from annotation.flow.jobs.expired import delete_expired, expired
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO, YESTERDAY, SOON = NOW - timedelta(days=8), NOW - timedelta(days=1), NOW + timedelta(hours=1)


def session(key: str, expires: Any) -> None:
    Session.objects.create(session_key=key, session_data="", expire_date=expires)


def attempt(name: str, when: Any) -> None:
    made = AccessAttempt.objects.create(username=name, ip_address="192.0.2.1", failures_since_start=3)
    AccessAttempt.objects.filter(pk=made.pk).update(attempt_time=when)


def task(name: str, status: str, ended: Any) -> None:
    DBTaskResult.objects.create(
        task_path=name,
        status=status,
        finished_at=ended,
        args_kwargs={},
        backend_name="default",
        exception_class_path="",
        traceback="",
    )


@pytest.fixture(autouse=True)
def rows() -> None:
    session("old", YESTERDAY)
    session("live", SOON)
    attempt("old", LONG_AGO)
    attempt("young", YESTERDAY)
    task("done", "SUCCESSFUL", LONG_AGO)
    task("failed", "FAILED", LONG_AGO)
    task("young", "SUCCESSFUL", YESTERDAY)
    task("waiting", "READY", None)
    task("running", "RUNNING", None)
    for place, expiry in enumerate((timedelta(days=-1), timedelta(days=1), None)):
        AuthToken.objects.create(user=make_user(f"u{place}"), expiry=expiry)


def left() -> list[list[str]]:
    return [
        sorted(Session.objects.values_list("session_key", flat=True)),
        sorted(AccessAttempt.objects.values_list("username", flat=True)),
        sorted(DBTaskResult.objects.values_list("task_path", flat=True)),
        sorted(AuthToken.objects.values_list("user__username", flat=True)),
    ]


def test_rows_that_have_had_their_time_are_deleted_and_no_others() -> None:
    counts = {"sessions": 1, "sign_in_attempts": 1, "tasks": 2, "tokens": 1}
    before = left()
    assert delete_expired(dry_run=True) == counts
    assert left() == before
    assert delete_expired() == counts
    assert left() == [["live"], ["young"], ["running", "waiting", "young"], ["u1", "u2"]]
    assert delete_expired() == dict.fromkeys(counts, 0)


def test_attempts_are_kept_as_long_as_they_lock_somebody_out(settings: Any) -> None:
    settings.AXES_COOLOFF_TIME = 24 * 9  # hours
    assert expired()["sign_in_attempts"].count() == 0
