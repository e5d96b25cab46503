"""The report as CSV: a row per group, person and day."""

from datetime import UTC, date, datetime

from annotation.flow.watch import csv_of

SLOTS = {"slots": 6, "submitted": 3, "held": 1, "open": 2}
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def test_each_row_has_what_it_counts_and_nothing_else() -> None:
    person = {"name": "ana", "title": "Ana", "submitted": 2, "held": 0, "last": AT, "skipped": 1, "left": None}
    report = {
        "by": {"category": [{"name": "arts"} | SLOTS], "system": [{"name": "=1+1"} | SLOTS], "person": [person]},
        "days": [{"day": date(2026, 6, 1), "submitted": 3}],
    }
    assert csv_of(report).splitlines() == [
        "by,name,slots,submitted,held,open,skipped,left,last",
        "category,arts,6,3,1,2,,,",
        "system,'=1+1,6,3,1,2,,,",
        "person,ana,,2,0,,1,,2026-06-01T09:00:00+00:00",
        "day,2026-06-01,,3,,,,,",
    ]
