"""What an address asks the event log for: events of one kind, by one person, of one query's responses, on some days."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from annotation.errors import ValidationError, quoted
from annotation.flow.history import FORMATS, export_events
from annotation.flow.shown import show_while_read
from annotation.models import Event, Project, User

TYPES = {"jsonl": "application/jsonl", "csv": "text/csv"}


class EventFilters(NamedTuple):
    """As EventQuerySet.chosen takes them; empty ones do not restrict."""

    kind: str = ""
    by: str = ""
    query: str = ""
    since: date | None = None
    until: date | None = None


def event_filters(asked: Mapping[str, Any]) -> EventFilters:
    """Raises ValidationError, with the fault of each field."""
    faults: dict[str, str] = {}
    days = {name: day(asked.get(name, ""), name, faults) for name in ("since", "until")}
    if days["since"] and days["until"] and days["until"] < days["since"]:
        faults["until"] = _("expected a day that is not before %(since)s") % {"since": days["since"]}
    if faults:
        raise ValidationError(faults)
    kind, by, query = (str(asked.get(name, "")) for name in ("kind", "by", "query"))
    return EventFilters(kind, by, query, days["since"], days["until"])


def day(text: str, name: str, faults: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults[name] = _("%(text)s is no day: expected one like 2026-05-31") % {"text": quoted(text)}
        return None


def events_answer(project: Project, asked: Mapping[str, Any], *, to: User) -> StreamingHttpResponse:
    """The events that are chosen, by time, as a file of the `form` asked for. Raises ValidationError."""
    form = asked.get("form", "jsonl")
    if form not in FORMATS:
        expected = _("%(text)s: expected one of %(forms)s") % {"text": quoted(form), "forms": ", ".join(FORMATS)}
        raise ValidationError({"form": expected})
    chosen = Event.objects.filter(project=project).chosen(**event_filters(asked)._asdict())
    lines = (line.encode() for line in FORMATS[form](export_events(chosen)))
    name = f"{project.slug}-events.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    shown = show_while_read(lines, to=to, project=project)
    return StreamingHttpResponse(shown, content_type=f"{TYPES[form]}; charset=utf-8", headers=headers)
