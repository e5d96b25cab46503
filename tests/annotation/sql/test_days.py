from datetime import UTC, datetime, timedelta, timezone

import pytest

from annotation.models import User
from annotation.sql.days import Ordinal

pytestmark = pytest.mark.django_db

TIMES = [
    datetime(1, 1, 2, 12, tzinfo=UTC),
    datetime(2000, 2, 29, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2027, 1, 1, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2))),  # still the last of December in UTC
]


def test_the_database_counts_days_as_python_does() -> None:
    for number, time in enumerate(TIMES):
        User.objects.create(username=f"{number}", last_login=time)
    counted = list(User.objects.order_by("pk").values_list(Ordinal("last_login"), flat=True))
    assert counted == [time.astimezone(UTC).toordinal() for time in TIMES]
