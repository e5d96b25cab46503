"""A closed project hands out nothing more, an archived one takes nothing more; both can be undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.errors import AlreadyDone, Refused
from annotation.flow import score
from annotation.flow.adjudicate.further import with_somebody_left
from annotation.flow.closing import archive_project, close_project, open_project, unarchive_project
from annotation.models import Assignment, Event, Lapse, Project
from tests.factories import body, make_member, make_project, make_user, responses

pytestmark = pytest.mark.django_db


def again() -> Project:
    return Project.objects.get()


def test_a_closed_project_hands_out_nothing_and_takes_what_is_held() -> None:
    project = make_project()
    tasks = responses(project, 2)
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    held = score.claim(project=project, by=ana)
    assert held is not None
    assert with_somebody_left(project, [tasks[0].pk]) == [tasks[0].pk]
    close_project(project=project)
    assert score.claim(project=again(), by=ana) == held
    assert score.claim(project=again(), by=bo) is None
    assert score.ahead(project=again(), by=bo) is None
    assert with_somebody_left(again(), [tasks[0].pk]) == []
    score.submit(assignment=held.pk, by=ana, body=body())
    assert score.claim(project=again(), by=ana) is None
    open_project(project=project)
    assert score.claim(project=again(), by=bo) is not None


def test_what_was_lost_is_not_taken_up_again_in_a_closed_project() -> None:
    project = make_project()
    responses(project)
    ana = make_member(project, "ana")
    slot = score.claim(project=project, by=ana)
    assert slot is not None
    score.skip(assignment=slot.pk, by=ana, reason="", kind="harmful")
    close_project(project=project)
    with pytest.raises(Refused, match=r"^The project is closed: no more responses are given out"):
        score.take_up(assignment=slot.pk, by=ana)


def test_an_archived_project_is_closed_and_holds_nothing_of_anybody() -> None:
    project = make_project()
    responses(project)
    lea, ana = make_member(project, "lea", "manager"), make_member(project, "ana")
    slot = score.claim(project=project, by=ana)
    assert slot is not None
    with pytest.raises(Refused, match=r"^1 response is open in somebody's hands"):
        archive_project(project=project, by=lea)
    Assignment.objects.filter(pk=slot.pk).update(lease_expires_at=timezone.now() - timedelta(minutes=1))
    archive_project(project=project, by=lea)
    stored = again()
    assert stored.closed_at == stored.archived_at is not None
    assert (Assignment.objects.held().count(), list(Lapse.objects.values_list("annotator"))) == (0, [(ana.pk,)])
    unarchive_project(project=project, by=lea)
    assert (again().archived_at, again().closed_at) == (None, stored.closed_at)
    verbs = Event.objects.filter(by=lea).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["given_back", "archived", "unarchived"]


def test_what_is_so_already_is_told() -> None:
    project = make_project()
    for action in (open_project, unarchive_project):
        with pytest.raises(AlreadyDone):
            action(project=project, by=make_user("lea"))
    close_project(project=project)
    archive_project(project=project)
    for again_done in (close_project, archive_project):
        with pytest.raises(AlreadyDone):
            again_done(project=project)
    with pytest.raises(Refused, match="take it back from the archive first"):
        open_project(project=project)
