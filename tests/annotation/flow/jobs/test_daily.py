"""The daily cleaning: once a day, by one of the workers, and a failure stops none."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.flow.jobs import daily
from annotation.models import Maintenance

pytestmark = pytest.mark.django_db


@pytest.fixture
def cleaned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    times: list[str] = []
    monkeypatch.setattr(daily, "clean", lambda: times.append("cleaned"))
    return times


def test_the_worker_that_comes_first_cleans_and_the_others_go_on(cleaned: list[str]) -> None:
    assert [daily.clean_daily() for _worker in range(3)] == [True, False, False]
    assert cleaned == ["cleaned"]


@pytest.mark.parametrize(("hours", "due"), [(23, False), (25, True)])
def test_it_is_due_again_after_a_day(cleaned: list[str], hours: int, due: bool) -> None:
    Maintenance.objects.create(work="clean", begun_at=timezone.now() - timedelta(hours=hours))
    assert [daily.clean_daily() for _worker in range(2)] == [due, False]


def test_a_failure_is_logged_and_the_worker_goes_on(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(daily, "clean", fails)
    assert [daily.clean_daily(), daily.clean_daily()] == [True, False]
    [record] = caplog.records
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "the daily cleaning failed")
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "the disk is full"
