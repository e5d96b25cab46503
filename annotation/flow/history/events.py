"""The event log as happenings: that of one response, and that of the project."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from annotation.flow.history.happening import Happening, What
from annotation.models import Annotation, Event, Participation, User

# Of these, rows of their own tell more than the event: a response's history takes the row alone.
TOLD_BY_ROWS = (
    Event.Verb.REVISED,
    Event.Verb.SENT_BACK,
    Event.Verb.FLAG_SETTLED,
    Event.Verb.CASE_SCORED_BLIND,
    Event.Verb.ADJUDICATED,
    Event.Verb.UNUSABLE,
    Event.Verb.REOPENED,
    Event.Verb.COMMENTED,
)
NAMES = {"username", "from", "to"}  # details that may name a person by what they were called
BY_KEY = ("annotator", "annotation", "member", "claimed_at")  # details that no reader sees


def logged(tasks: list[int]) -> Iterator[Happening]:
    """What the log alone knows of the responses."""
    events = Event.objects.filter(task__in=tasks).exclude(verb__in=TOLD_BY_ROWS).select_related("by").order_by("pk")
    rows = list(events)
    people, neutral = concerned(rows), neutral_names(rows)
    for event in rows:
        yield (ended := happening(event, people, neutral))
        if since := event.data.get("claimed_at"):  # of a claim that was skipped or lapsed no row is left
            yield Happening(datetime.fromisoformat(since), What.CLAIMED, ended.about or event.by, event.task_id)


def project_events(events: Iterable[Event]) -> list[Happening]:
    """One happening for each event of the log, in the same order. Three queries, however many there are."""
    rows = list(events)
    people, neutral = concerned(rows), neutral_names(rows)
    return [happening(event, people, neutral) for event in rows]


def happening(event: Event, people: dict[tuple[str, Any], User], neutral: dict[Any, str]) -> Happening:
    data = event.data
    about = next((people[key, data[key]] for key in ("annotator", "annotation") if (key, data.get(key)) in people), None)
    details = {key: value for key, value in data.items() if key not in BY_KEY}
    for key in NAMES & details.keys():
        by_name = neutral.get((event.project_id, details[key])) if isinstance(details[key], str) else None
        details[key] = by_name or details[key]
    if (member := data.get("member")) in neutral:
        details["username"] = neutral[member]
    for key in ("note", "reason"):  # somebody's own words
        if isinstance(details.get(key), str):
            details["text"] = details.pop(key)
    return Happening(event.at, event.verb, event.by, event.task_id, about, details)


def neutral_names(events: list[Event]) -> dict[Any, str]:
    """What people who were made anonymous are called now: by their key, and by project and the name under which they came."""
    if not any(NAMES & event.data.keys() for event in events):
        return {}
    projects = {event.project_id for event in events}
    rows = Participation.objects.filter(project__in=projects, user__anonymised_at__isnull=False).select_related("user")
    names: dict[Any, str] = {}
    for row in rows:
        names[row.user_id] = names[row.project_id, row.name] = row.user.username
    return names


def concerned(events: list[Event]) -> dict[tuple[str, Any], User]:
    """The people whom events name by the key of an annotator or of an annotation."""
    annotators, annotations = ({event.data.get(key) for event in events} - {None} for key in ("annotator", "annotation"))
    of_annotations = Annotation.objects.filter(pk__in=annotations).select_related("annotator")
    people: dict[tuple[str, Any], User] = {("annotator", pk): user for pk, user in User.objects.in_bulk(annotators).items()}
    return people | {("annotation", annotation.pk): annotation.annotator for annotation in of_annotations}
