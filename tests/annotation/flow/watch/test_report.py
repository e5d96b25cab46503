"""The report puts counts, pace and what is stuck together, of one project."""

from datetime import UTC, date, datetime

import pytest

from annotation.flow.watch import progress_report
from annotation.models import Assignment
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


def test_the_report_of_a_running_study() -> None:
    project = make_project(overlap=2)
    judged(project, [[1, 6], [4, None], [None, None]], names=("ana", "bo"))
    at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    Assignment.objects.submitted().update(submitted_at=at)
    numbers = {"slots": 6, "submitted": 3, "held": 0, "open": 3}
    assert progress_report(project, today=date(2026, 6, 3)) == numbers | {
        "by": {
            "category": [{"name": "project-based-learning"} | numbers],
            "system": [{"name": "system-a"} | numbers],
            "person": [
                {"name": "ana", "title": "ana", "cohort": "", "submitted": 2, "held": 0, "last": at, "skipped": 0, "left": 1},
                {"name": "bo", "title": "bo", "cohort": "", "submitted": 1, "held": 0, "last": at, "skipped": 0, "left": 2},
            ],
            "cohort": [],
        },
        "days": [{"day": date(2026, 6, 1), "submitted": 3}],
        "pace": {"active_days": 1, "since": date(2026, 6, 1), "per_active_day": 3.0, "per_day": 1.0, "reason": None},
        "done_on": {"day": date(2026, 6, 6), "reason": None},
        "stuck": {"expired": 0, "skipped_by_all": 0, "flagged": 0, "lacking": 1, "adjudication": 1},
    }


def test_an_empty_project_has_counts_of_nothing_and_no_day() -> None:
    report = progress_report(make_project())
    assert (report["slots"], report["days"], report["done_on"]) == (0, [], {"day": None, "reason": "no_slots"})
