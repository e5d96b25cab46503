"""A copy has what the project asks for, and nothing of what people did."""

import pytest

from annotation.errors import ValidationError
from annotation.flow.setup.copy import cloned, copy_project
from annotation.flow.setup.rules import change_rules
from annotation.flow.setup.settings import settings_of
from annotation.flow.setup.workspace import set_up
from annotation.models import ErrorType, Event, Membership, Project, Rules, Task, Workspace
from tests.factories import judged, make_member, make_project, make_user

pytestmark = pytest.mark.django_db


def test_rubrics_settings_rules_and_error_types_are_the_same_and_people_are_not_copied() -> None:
    source = make_project(overlap=1, seed=7, larger_share=0.5, larger_overlap=2)
    judged(source, [[4]], names=["ana"])
    change_rules(project=source, by=None, changes={"cut_off": 3})
    set_up(project=source, by=None, changes={"blur": "always"}, errors="Slip: small\nHole")
    lea = make_member(source, "lea", "manager")
    copy = copy_project(source=source, slug="second", title="Second", by=lea)
    assert settings_of(copy) == settings_of(source) | {"title": "Second"}
    assert (copy.overlap, copy.larger_share, copy.larger_overlap) == (1, 0.5, 2)
    assert copy.pseudonym_key != source.pseudonym_key
    assert Rules.objects.get(project=copy).as_values() == Rules.objects.get(project=source).as_values()
    assert Workspace.objects.get(project=copy).blur == "always"
    assert list(ErrorType.objects.filter(project=copy).values_list("title", "description")) == [("Slip", "small"), ("Hole", "")]
    assert list(Membership.objects.filter(project=copy).values_list("user", "role")) == [(lea.pk, "manager")]
    assert not Task.objects.filter(project=copy).exists()
    events = Event.objects.filter(project=copy).order_by("pk")
    assert (events[0].verb, events[0].by, events[0].data) == ("project_copied", lea, {"source": "study"})


def test_a_copy_of_an_archived_project_is_open() -> None:
    source = make_project()
    Project.objects.update(closed_at="2026-01-01T00:00Z", archived_at="2026-01-01T00:00Z")
    copy = copy_project(source=source, slug="second", by=make_user("lea"))
    assert (copy.closed_at, copy.archived_at) == (None, None)


def test_a_taken_slug_is_refused() -> None:
    source = make_project()
    with pytest.raises(ValidationError) as caught:
        copy_project(source=source, slug="study", title="t" * 201)
    assert set(caught.value.fields) == {"slug", "title"}
    assert Project.objects.count() == 1


def test_a_cloned_row_is_unsaved_and_takes_the_changes() -> None:
    project = make_project()
    clone = cloned(project, slug="other")
    assert (clone.pk, clone.slug, clone.seed) == (None, "other", project.seed)
