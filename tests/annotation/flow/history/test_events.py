"""The event log as happenings: one for each event, with whose work it concerns."""

import pytest

from annotation.flow.history import project_events
from annotation.models import Event, Project
from tests.annotation.flow.history.told import eventful, skipped

pytestmark = pytest.mark.django_db


def test_each_event_is_one_happening_in_the_same_order(project: Project) -> None:
    eventful(project)
    skipped(project)
    events = list(Event.objects.filter(project=project).order_by("pk"))
    assert [(one.what, one.at, one.task) for one in project_events(events)] == [(one.verb, one.at, one.task_id) for one in events]


def test_whose_annotation_was_sent_back_is_named_and_no_key_is_left(project: Project) -> None:
    eventful(project)
    [returned] = project_events(Event.objects.filter(verb="sent_back"))
    assert (returned.about and returned.about.username, returned.by and returned.by.username) == ("uma", "lea")
    assert "annotation" not in returned.details
