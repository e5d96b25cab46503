"""Settings change until something rests on them; who changed what stands in an event."""

from typing import Any

import pytest

from annotation.errors import ValidationError
from annotation.flow.setup.settings import change_settings, fixed_settings, settings_of
from annotation.models import Event, Project
from tests.factories import make_project, make_rubric, make_user, responses

pytestmark = pytest.mark.django_db


def test_what_is_named_is_changed_and_told() -> None:
    project, lea = make_project(), make_user("lea")
    make_rubric(slug="other")
    changes = {"title": " The study ", "lease_minutes": "90", "seed": 7, "rubrics": ["other"]}
    change_settings(project=project, by=lea, changes=changes)
    now = {"title": "The study", "lease_minutes": 90, "seed": 7, "rubrics": ["other@1"]}
    assert settings_of(Project.objects.get()) == now
    before = {"title": "study", "lease_minutes": 60, "seed": 0, "rubrics": ["small@1"]}
    [event] = Event.objects.filter(verb="settings_changed")
    assert (event.by, event.data) == (lea, {key: [before[key], now[key]] for key in now})


def test_the_same_values_again_change_nothing_and_are_no_event() -> None:
    project = make_project()
    change_settings(project=project, by=None, changes=settings_of(project))
    assert not Event.objects.filter(verb="settings_changed").exists()


SEED = "The order of the responses that are there was drawn with it."
RUBRICS = "The responses that are there are scored by them; a score belongs to its rubric's version."


def test_seed_and_rubrics_are_fixed_once_there_are_responses() -> None:
    project = make_project()
    make_rubric(slug="other")
    assert set(fixed_settings(project)) == {"slug"}
    responses(project)
    before = settings_of(project)
    with pytest.raises(ValidationError) as caught:
        change_settings(project=project, by=None, changes={"title": "New", "seed": 1, "rubrics": ["other"]})
    assert caught.value.fields == {"rubrics": RUBRICS, "seed": SEED}
    change_settings(project=project, by=None, changes={"seed": 0, "rubrics": ["small@1"]})  # as they are
    assert settings_of(Project.objects.get()) == before


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"title": ""}, {"title": 'expected a title of at most 200 characters, not `""`'}),
        ({"lease_minutes": 0}, {"lease_minutes": "expected a whole number from 1 to 10080, not `0`"}),
        ({"rubrics": "small"}, {"rubrics": "expected a list of names"}),
        ({"overlap": 2}, {"overlap": "unknown; expected title, lease_minutes, seed, rubrics"}),
    ],
)
def test_a_fault_is_named_and_nothing_is_changed(changes: Any, faults: dict[str, str]) -> None:
    project = make_project()
    before = settings_of(project)
    with pytest.raises(ValidationError) as caught:
        change_settings(project=project, by=None, changes={"seed": 5} | changes)
    assert (caught.value.fields, settings_of(Project.objects.get())) == (faults, before)
