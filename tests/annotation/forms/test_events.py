"""What an address asks the event log for: read, or refused with the field and what is there."""

from datetime import date

import pytest

from annotation.errors import ValidationError
from annotation.forms.events import EventFilters, event_filters


def test_an_address_without_filters_restricts_nothing() -> None:
    assert event_filters({"kind": "", "since": ""}) == EventFilters()


def test_each_filter_is_read() -> None:
    asked = {"kind": "skipped", "by": "ana", "query": "PBL-0001", "since": "2026-05-01", "until": "2026-05-31"}
    assert event_filters(asked) == EventFilters("skipped", "ana", "PBL-0001", date(2026, 5, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("asked", "faults"),
    [
        ({"since": "May"}, {"since": "`May` is no day: expected one like 2026-05-31"}),
        ({"since": "2026-05-02", "until": "2026-05-01"}, {"until": "expected a day that is not before 2026-05-02"}),
    ],
)
def test_a_day_that_is_none_is_refused(asked: dict[str, str], faults: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        event_filters(asked)
    assert refused.value.fields == faults
