"""Which slots imported annotations take, and what is left for others to claim."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotation.flow import score
from annotation.flow.load import scores
from annotation.models import Annotation, Assignment, Draft, Project, Task, User
from tests.annotation.flow.load.score_files import counts, says, slots, take
from tests.factories import (
    claim_task,
    judge,
    load,
    make_member,
    make_project,
    record,
    responses,
)

pytestmark = pytest.mark.django_db


def test_a_task_that_has_more_than_its_overlap_gets_the_slots_it_needs(project: Project) -> None:
    last = max(Assignment.objects.values_list("position", flat=True))
    rows = [row for name in ("uma", "vic", "wei", "xia") for row in says(name)]
    assert take(project, rows).as_dict() == counts(annotations=4, scores=8, annotators=4, slots=2)
    assert slots(project)[:4] == [
        ("PBL-0001", 1, "initial", "uma"),
        ("PBL-0001", 2, "initial", "vic"),
        ("PBL-0001", 3, "import", "wei"),
        ("PBL-0001", 4, "import", "xia"),
    ]
    new = Assignment.objects.filter(reason="import").order_by("number")
    assert [(slot.position, slot.system, slot.category) for slot in new] == [
        (last + 1, "system-a", "project-based-learning"),
        (last + 2, "system-a", "project-based-learning"),
    ]
    assert set(Task.objects.with_fully_judged().filter(fully_judged=True)) == {new[0].task}


def test_a_slot_that_is_made_has_the_language_of_its_query() -> None:
    project = make_project(overlap=1)
    load(project, [record(1, language="fr")])
    take(project, says("uma") + says("vic"))
    assert list(Assignment.objects.order_by("number").values_list("reason", "language")) == [("initial", "fr"), ("import", "fr")]


def test_an_annotator_who_holds_a_slot_of_the_task_fills_that_one_and_the_draft_goes() -> None:
    project = make_project(overlap=3)
    [task] = responses(project)
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    given_back = claim_task(task, make_member(project, "chen"))
    held = claim_task(task, ana)
    claim_task(task, bo)
    score.skip(assignment=given_back.pk, by=given_back.annotator, reason="not mine")
    score.save_draft(assignment=held.pk, by=ana, body={"scores": {"text": 1}})
    Draft.objects.create(task=task, annotator=bo, content={}, saved_at=timezone.now())
    rows = says("ana") + says("uma") + says("vic")
    assert take(project, rows).as_dict() == counts(annotations=3, scores=6, annotators=2, slots=1)
    assert slots(project) == [
        ("PBL-0001", 1, "initial", "uma"),
        ("PBL-0001", 2, "initial", "ana"),
        ("PBL-0001", 3, "initial", "bo"),
        ("PBL-0001", 4, "import", "vic"),
    ]
    assert list(Assignment.objects.held().values_list("annotator__username")) == [("bo",)]
    assert list(Draft.objects.values_list("annotator__username", flat=True)) == ["bo"]


def test_a_slot_that_was_asked_for_after_a_dispute_stays_open(project: Project) -> None:
    Assignment.objects.filter(task__response__query__external_id="PBL-0001", number=1).update(reason="after_dispute")
    take(project, says("uma") + says("vic"))
    assert slots(project)[:3] == [
        ("PBL-0001", 1, "after_dispute", None),
        ("PBL-0001", 2, "initial", "uma"),
        ("PBL-0001", 3, "import", "vic"),
    ]


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_slots_and_people_are_shared_by_batches(monkeypatch: pytest.MonkeyPatch, project: Project, batch: int) -> None:
    monkeypatch.setattr(scores, "BATCH", batch)
    rows = [row for number in (1, 2) for name in ("uma", "vic", "wei", "xia") for row in says(name, number)]
    assert take(project, rows).as_dict() == counts(annotations=8, scores=16, annotators=4, slots=4)
    numbers = [(number, reason) for _id, number, reason, _name in slots(project)]
    assert numbers == [(1, "initial"), (2, "initial"), (3, "import"), (4, "import")] * 2
    assert take(project, rows).as_dict() == counts(skipped=8)


def claims(project: Project, user: User, claimed: list[Any]) -> None:
    """Claim until the database lets: SQLite in memory answers at once that somebody writes."""
    try:
        while not claimed:
            try:
                claimed.append(score.claim(project=project, by=user))
            except OperationalError:
                connections.close_all()
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_claim_during_a_load_does_not_get_a_slot_that_the_load_fills(monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(overlap=1)
    responses(project)
    bo = make_member(project, "bo")
    claimed: list[Any] = []
    claim = Thread(target=claims, args=(project, bo, claimed))
    take_slots: Callable[..., int] = scores.take_slots

    def bo_claims(*arguments: Any) -> int:
        made = take_slots(*arguments)
        claim.start()
        claim.join(timeout=0.5)
        return made

    monkeypatch.setattr(scores, "take_slots", bo_claims)
    take(project, says("uma"))
    claim.join(timeout=30)
    assert (claimed, slots(project)) == ([None], [("PBL-0001", 1, "initial", "uma")])
    assert list(Annotation.objects.values_list("annotator__username", flat=True)) == ["uma"]


def test_somebody_who_scored_and_goes_on_is_still_given_what_is_open(project: Project) -> None:
    ana = make_member(project, "ana")
    take(project, [row for name in ("uma", "vic", "ana") for row in says(name)])
    slot = score.claim(project=project, by=ana)
    assert slot is not None
    assert slot.task.response.query.external_id == "PBL-0002"
    judge(slot.task, make_member(project, "bo"))
    assert slot.lease_expires_at is not None
    assert slot.lease_expires_at > timezone.now() + timedelta(minutes=59)


def test_an_import_does_not_move_the_place_from_which_an_annotator_claims() -> None:
    project = make_project(overlap=2)
    responses(project, 4)
    last = Assignment.objects.order_by("-position")[0]
    Assignment.objects.filter(task=last.task).exclude(pk=last.pk).update(number=9)  # an import takes the slot of the lowest
    ana = make_member(project, "ana")
    take(project, says("ana", int(last.task.response.query.external_id[-1])))
    assert Assignment.objects.get(annotator=ana) == last
    claims = []
    for user in (make_member(project, "bo"), make_member(project, "chen"), ana):  # bo's claim reads the rubric as well
        with CaptureQueriesContext(connection) as queries:
            slot = score.claim(project=project, by=user)
        assert slot
        claims.append((slot.position, len(queries)))
    of_chen = claims[1][1]
    assert claims[1:] == [(2, of_chen), (3, of_chen)]
