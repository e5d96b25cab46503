"""What is given back for somebody is open again, and whoever held it is on record."""

import pytest

from annotation.flow.score.giving_back import give_back_slots
from annotation.models import Assignment, Event, Lapse
from tests.factories import claim_task, judge, make_member, make_project, responses

pytestmark = pytest.mark.django_db


def test_held_slots_are_open_again_and_submitted_ones_stay() -> None:
    project = make_project(overlap=2)
    first, second = responses(project, 2)
    ana, lea = make_member(project, "ana"), make_member(project, "lea", "manager")
    judge(first, ana)
    slot = claim_task(second, ana)
    give_back_slots(Assignment.objects.held().filter(project=project), lea)
    slot.refresh_from_db()
    assert (slot.annotator, slot.reopened_at is not None, Assignment.objects.submitted().count()) == (None, True, 1)
    assert list(Lapse.objects.values_list("assignment", "annotator")) == [(slot.pk, ana.pk)]
    [event] = Event.objects.filter(verb="given_back")
    assert (event.by, event.task, event.data["annotator"]) == (lea, second, ana.pk)
