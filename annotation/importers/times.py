"""Reads times: each with its zone, or in the one that is declared for a whole file."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from annotation.errors import Fault, Refused, quoted
from annotation.fields import is_empty

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ZONE_IN_WORDS = re.compile(r"\s*(?:UTC|GMT|\sZ)$", re.IGNORECASE)


def parse_zone(text: str) -> tzinfo | None:
    """As in Asia/Shanghai, UTC or +08:00; None for an empty text. Raises Refused."""
    name = text.strip()
    if not name:
        return None
    try:
        if name[0] in "+-":
            return datetime.fromisoformat(f"2000-01-01T00:00{name}").tzinfo
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise Refused(
            _("time_zone: %(text)s: expected a zone such as Asia/Shanghai, UTC or +08:00") % {"text": quoted(text)}
        ) from error


def read_time(value: Any, field: str, zone: tzinfo | None = None) -> str | None:
    """ISO 8601, as UTC. A time without a zone is in `zone`; a day alone needs none. Raises Fault."""
    if is_empty(value):
        return None
    try:
        text = value.strip()
        time = with_zone(text, datetime.fromisoformat(ZONE_IN_WORDS.sub("", text)), field, zone).astimezone(UTC)
    except (AttributeError, ValueError, OverflowError) as error:
        raise Fault(field, _("expected a time such as 2026-05-01T12:00:00Z, or nothing"), value) from error
    if time.year < 1970:
        raise Fault(field, _("expected a time from 1970 on"), value)
    return as_stored(time)


def with_zone(text: str, time: datetime, field: str, zone: tzinfo | None) -> datetime:
    """The time that the text writes, in its own zone or in the file's. Raises Fault."""
    if time.tzinfo:
        return time
    if DAY.fullmatch(text) or ZONE_IN_WORDS.search(text):
        return time.replace(tzinfo=UTC)
    if zone is None:
        expected = _("has no time zone: expected one behind it, as in 2026-05-01T12:00:00Z, or one for the file (--time-zone)")
        raise Fault(field, expected, text)
    time = time.replace(tzinfo=zone)
    if time.utcoffset() != time.replace(fold=1).utcoffset():
        error = _("is there twice or never in this time zone, as the clock was changed: expected a time in UTC")
        raise Fault(field, error, text)
    return time


def as_stored(time: datetime) -> str:
    """Always of one length, so that the texts sort as the times do."""
    return time.isoformat(timespec="microseconds")
