"""What others change while a load is held against the project: then it is held against it anew, and stores all or nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from annotation.errors import Refused, Rejected
from annotation.flow import score
from annotation.flow.duplicates import resolve
from annotation.flow.images.store import ImageStore
from annotation.flow.load import items, overtaken, scores
from annotation.models import Assignment, Event, Project, Query, Response
from tests.annotation.flow.load.score_files import counts, everything, reasons, says, slots, take
from tests.factories import body, load, make_member, make_project, record

pytestmark = pytest.mark.django_db


def before(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, change: Callable[[], Any], times: int = 1) -> list[int]:
    """Have something changed before each of the first calls. Returns a list with an element for each call."""
    do, calls = getattr(where, name), list[int]()

    def changed(*arguments: Any, **named: Any) -> Any:
        calls.append(len(calls))
        if len(calls) <= times:
            change()
        return do(*arguments, **named)

    monkeypatch.setattr(where, name, changed)
    return calls


def test_a_query_that_is_dropped_meanwhile_gets_no_response(monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project()
    lea = make_member(project, "lea", "manager")
    load(project, [record(1), record(2)])
    drop = lambda: resolve.drop(query=Query.objects.get(external_id="PBL-0001"), by=lea)  # noqa: E731 -- it is passed on
    calls = before(monkeypatch, ImageStore, "write", drop)
    report = load(project, [record(1, model="new"), record(2, model="new")])
    assert (len(calls), report.responses, report.skipped) == (2, 1, 1)
    assert list(Response.objects.filter(system="new").values_list("query__external_id", flat=True)) == ["PBL-0002"]


def test_a_project_that_never_rests_refuses_the_load(monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project()
    lea = make_member(project, "lea", "manager")
    load(project, [record(1), record(2)])
    query, stored = Query.objects.get(external_id="PBL-0001"), Response.objects.count()

    def change() -> None:
        query.refresh_from_db()
        (resolve.restore if query.dropped_at else resolve.drop)(query=query, by=lea)

    calls = before(monkeypatch, ImageStore, "write", change, times=99)
    with pytest.raises(Refused, match="The project was changed while the file was loaded: load it again"):
        load(project, [record(2, model="new")])
    assert (len(calls), Response.objects.count()) == (overtaken.MOST_TURNS, stored)


def test_slots_that_a_dispute_added_meanwhile_keep_their_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(overlap=2)
    load(project, [record(1)])
    first = Assignment.objects.get(number=1)
    add = lambda: Assignment.objects.create(  # noqa: E731 -- it is passed on
        task=first.task, project=project, number=9, position=3, category="c", system="s", reason="after_dispute"
    )
    before(monkeypatch, ImageStore, "write", add)
    load(project, [record(2)])
    positions = Assignment.objects.order_by("position").values_list("position", "task__response__query__external_id")
    assert list(positions) == [(1, "PBL-0001"), (2, "PBL-0001"), (3, "PBL-0001"), (4, "PBL-0002"), (5, "PBL-0002")]


def test_an_image_and_its_file_are_stored_once_however_often_a_load_begins_anew(
    monkeypatch: pytest.MonkeyPatch, own_images: Any
) -> None:
    from tests.annotation.flow.load.item_files import stored_files
    from tests.factories import block, png

    project = make_project()
    lea = make_member(project, "lea", "manager")
    load(project, [record(1)])
    drop = lambda: resolve.drop(query=Query.objects.get(external_id="PBL-0001"), by=lea)  # noqa: E731 -- it is passed on
    before(monkeypatch, items, "store", drop)
    report = load(project, [record(2, answer=[block(None, "a.png")])], {"a.png": png()})
    assert (report.images, len(stored_files(own_images))) == (1, 1)


def test_a_slot_that_is_claimed_meanwhile_is_left_and_another_one_filled(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = make_member(project, "bo")
    slot = before(monkeypatch, scores, "store", lambda: score.claim(project=project, by=bo))
    rows = [row for number in (1, 2) for name in ("uma", "vic") for row in says(name, number)]
    assert take(project, rows).as_dict() == counts(annotations=4, scores=8, annotators=2, slots=1)
    assert slot == [0]
    held = Assignment.objects.get(annotator=bo)
    assert held.submitted_at is None
    of_task = [name for external_id, _number, _reason, name in slots(project) if external_id == str(held.task.response.query)]
    assert sorted(of_task, key=str) == ["bo", "uma", "vic"]


def test_somebody_who_claims_what_the_file_says_of_them_fills_that_slot(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = make_member(project, "bo")
    before(monkeypatch, scores, "store", lambda: score.claim(project=project, by=bo))
    rows = [row for number in (1, 2) for name in ("ana-2", "bo") for row in says(name, number)]
    assert take(project, rows).as_dict() == counts(annotations=4, scores=8, annotators=1)
    assert [name for _id, _number, _reason, name in slots(project)].count("bo") == 2
    assert not Assignment.objects.held().exists()


@pytest.mark.parametrize(("text", "field"), [(4, None), (5, "score")])
def test_a_judgement_that_is_submitted_meanwhile_is_compared(
    project: Project, monkeypatch: pytest.MonkeyPatch, text: int, field: str | None
) -> None:
    bo = make_member(project, "bo")

    def submit() -> None:
        slot = score.claim(project=project, by=bo)
        assert slot
        score.submit(assignment=slot.pk, by=bo, body=body(text=text))

    calls = before(monkeypatch, scores, "store", submit)
    rows = says("bo", 1) + says("bo", 2)
    if field is None:
        assert take(project, rows).as_dict() == counts(annotations=1, scores=2, skipped=1)
    else:
        with pytest.raises(Rejected) as caught:
            take(project, rows)
        assert [(fault, error.partition(": ")[2][:12]) for _row, fault, error in reasons(caught.value)] == [
            (field, "differs from")
        ]
    assert len(calls) == (2 if field is None else 1)
    assert Event.objects.filter(verb="scores_loaded").count() == (1 if field is None else 0)


def test_somebody_of_the_same_name_who_comes_meanwhile_is_no_stranger(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before(monkeypatch, scores, "store", lambda: make_member(project, "uma"))
    assert take(project, says("uma")).as_dict() == counts(annotations=1, scores=2)
    assert everything()["User"] == 1
