"""The pace, and the day on which all will be done at it; undefined with a reason."""

from datetime import UTC, date, datetime

import pytest

from annotation.flow.watch.pace import days_of, done_on, pace_of
from annotation.models import Assignment
from tests.factories import judged, make_project

NO_PACE = {"active_days": 0, "since": None, "per_active_day": None, "per_day": None, "reason": "nothing_submitted"}
JUNE = {date(2026, 6, day): 10 * day for day in (1, 2, 3, 4, 8, 9, 10, 11)}


def test_the_pace_is_that_of_the_last_seven_active_days_and_counts_days_of_rest() -> None:
    # 2, 3, 4, 8, 9, 10, 11 June: 470 in seven active days, of the eleven from the second to the twelfth
    assert pace_of(JUNE, date(2026, 6, 12)) == {
        "active_days": 7,
        "since": date(2026, 6, 2),
        "per_active_day": 470 / 7,
        "per_day": 470 / 11,
        "reason": None,
    }


def test_without_a_submission_there_is_no_pace_and_the_reason_is_said() -> None:
    assert pace_of({}, date(2026, 6, 12)) == NO_PACE


@pytest.mark.parametrize(
    ("slots", "left", "expected"),
    [
        (1000, 85, {"day": date(2026, 6, 14), "reason": None}),
        (1000, 86, {"day": date(2026, 6, 15), "reason": None}),  # 42.7 a day: a third day for one more
        (1000, 0, {"day": None, "reason": "all_submitted"}),
        (0, 0, {"day": None, "reason": "no_slots"}),
        (10**9, 10**9, {"day": None, "reason": "too_far"}),
    ],
)
def test_the_day_of_completion_is_counted_from_today(slots: int, left: int, expected: object) -> None:
    today = date(2026, 6, 12)
    assert done_on(pace_of(JUNE, today), slots=slots, left=left, today=today) == expected


def test_without_a_pace_there_is_no_day() -> None:
    assert done_on(NO_PACE, slots=3, left=3, today=date(2026, 6, 12)) == {"day": None, "reason": "nothing_submitted"}


@pytest.mark.django_db
def test_days_are_of_utc_and_what_was_imported_is_left_out() -> None:
    judged(make_project(), [[4, 5, 6], [3, 2, None]])
    times = [(2026, 3, 1, 23, 59), (2026, 3, 2, 0, 0), (2026, 3, 2, 12, 0), (2026, 3, 5, 1, 0), (2026, 3, 6, 1, 0)]
    for slot, when in zip(Assignment.objects.submitted().order_by("pk"), times, strict=True):
        Assignment.objects.filter(pk=slot.pk).update(submitted_at=datetime(*when, tzinfo=UTC))
    Assignment.objects.filter(submitted_at__gte=datetime(2026, 3, 6, tzinfo=UTC)).update(reason=Assignment.Reason.IMPORT)
    assert days_of(Assignment.objects.all()[0].project) == {
        date(2026, 3, 1): 1,
        date(2026, 3, 2): 2,
        date(2026, 3, 5): 1,
    }
