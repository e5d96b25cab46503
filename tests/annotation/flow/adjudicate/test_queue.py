"""What waits, for whom, and in which order."""

from typing import Any

import pytest

from annotation.flow import adjudicate
from annotation.flow.accounts.invitations import accept_invitation, invite
from annotation.flow.adjudicate.queue import was_manager
from annotation.models import Membership, Project, Rules, User
from tests.factories import judged, make_member, make_user

pytestmark = pytest.mark.django_db


def rows(project: Project, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of the queue, in its order."""
    queue = adjudicate.read_queue(project)
    return list(zip(*(getattr(queue, column).tolist() for column in columns), strict=True))


def test_the_queue_holds_what_is_disputed_by_the_rule(project: Project, ada: User) -> None:
    tasks = judged(project, [[1, 2, 3], [1, 2, 4], [5, 5, None], [{"penalties": ["harm"]}, 4, 4]])
    assert sorted(rows(project, "tasks", "criteria", "disputed")) == [
        (tasks[1].pk, ("text",), True),
        (tasks[3].pk, ("harm",), True),
    ]


def test_a_share_of_undisputed_responses_is_among_them(ada: User, project: Project) -> None:
    judged(project, [[4, 4, 4]] * 6)
    Rules.objects.filter(project=project).update(undisputed_share=1)
    project.refresh_from_db()
    waiting = rows(project, "criteria", "disputed")
    assert len(waiting) == adjudicate.waiting_count(project, ada) == 6
    assert {(len(criteria), disputed) for criteria, disputed in waiting} <= {(1, False), (2, False)}


def test_an_adjudicator_never_gets_what_they_judged_themselves(project: Project) -> None:
    judged(project, [[1, 1, 6], [1, 6, None]], names=("ana", "bo", "ada"))
    ada = make_member(project, "ada", "adjudicator")
    assert adjudicate.waiting_count(project, ada) == 0
    assert adjudicate.claim(project=project, by=ada) is None


def test_the_order_and_the_criteria_that_stand_for_all_are_seeded(project: Project, ada: User) -> None:
    judged(project, [[4, 4, 4], [1, 1, 6], [4, 4, 4], [4, 4, 4], [4, 4, None], [3, 3, 3], [2, 6, 2]])
    Rules.objects.filter(project=project).update(undisputed_share=0.7)
    Project.objects.filter(pk=project.pk).update(seed=7)
    project.refresh_from_db()
    assert rows(project, "queries", "criteria", "disputed") == [
        ("PBL-0007", ("text",), True),
        ("PBL-0004", ("text", "images"), False),
        ("PBL-0002", ("text",), True),
        ("PBL-0003", ("text", "harm"), False),
        ("PBL-0001", ("harm",), False),
    ]


def test_whoever_was_a_manager_for_a_while_is_never_blind(project: Project) -> None:
    judged(project, [[1, 1, 6]])
    for role in ("annotator", "manager", "adjudicator"):
        eve = make_member(project, "eve", role)
    assert (was_manager(project, eve), was_manager(project, make_member(project, "ada", "adjudicator"))) == (True, False)


def test_whoever_was_invited_as_a_manager_is_never_blind(project: Project) -> None:
    eve = make_user("eve")
    accept_invitation(token=invite(project=project, role="manager")[1], by=eve)
    Membership.objects.filter(user=eve).update(role="adjudicator")  # so that nothing but the acceptance tells
    assert was_manager(project, eve)
