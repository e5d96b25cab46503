"""A time has a zone, of its own or of the file: none is guessed."""

from typing import Any

import pytest

from annotation.errors import Fault, Refused
from annotation.importers.times import parse_zone, read_time

NO_ZONE = "has no time zone: expected one behind it, as in 2026-05-01T12:00:00Z, or one for the file (--time-zone)"
CHANGED = "is there twice or never in this time zone, as the clock was changed: expected a time in UTC"


@pytest.mark.parametrize(
    ("text", "zone", "time"),
    [
        ("2026-05-01T12:00:00Z", "", "2026-05-01T12:00:00.000000+00:00"),
        ("2026-05-01 12:00:00 UTC", "Asia/Shanghai", "2026-05-01T12:00:00.000000+00:00"),
        ("2026-05-01 12:00:00 gmt", "", "2026-05-01T12:00:00.000000+00:00"),
        ("2026-05-01T12:00+02:00", "Asia/Shanghai", "2026-05-01T10:00:00.000000+00:00"),
        ("2026-05-01 12:00:00.5", "Asia/Shanghai", "2026-05-01T04:00:00.500000+00:00"),
        ("2026-05-01 12:00:00", "+08:00", "2026-05-01T04:00:00.000000+00:00"),
        ("2026-07-01 12:00:00", "Europe/Berlin", "2026-07-01T10:00:00.000000+00:00"),
        ("2026-05-01", "", "2026-05-01T00:00:00.000000+00:00"),  # a day, as a release has it
        (" ", "", None),
        (None, "", None),
    ],
)
def test_a_time_is_read_as_utc(text: Any, zone: str, time: str | None) -> None:
    assert read_time(text, "submitted_at", parse_zone(zone)) == time


@pytest.mark.parametrize(
    ("text", "zone", "error"),
    [
        ("2026-05-01 12:00:00", "", NO_ZONE),
        ("2026-05-01 12:00:00 CST", "", "expected a time such as 2026-05-01T12:00:00Z, or nothing"),
        ("2026-10-25 02:30:00", "Europe/Berlin", CHANGED),
        ("2026-03-29 02:30:00", "Europe/Berlin", CHANGED),
    ],
)
def test_a_time_in_doubt_is_a_fault(text: str, zone: str, error: str) -> None:
    with pytest.raises(Fault) as caught:
        read_time(text, "submitted_at", parse_zone(zone))
    assert (caught.value.field, caught.value.error) == ("submitted_at", f"`{text}`: {error}")


@pytest.mark.parametrize("text", ["Mars", "+8", "../etc/passwd", "/etc/localtime", "a\0b", "-"])
def test_a_zone_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"^time_zone: `.*`: expected a zone such as Asia/Shanghai, UTC or \+08:00$"):
        parse_zone(text)
