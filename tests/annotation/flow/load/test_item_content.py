"""What the records of one file add together, however they fall into batches: each is compared with those before it too."""

from typing import Any

import pytest

from annotation.errors import Rejected
from annotation.flow.load import items
from annotation.models import Image, Query, ReferenceRevision, Response, Task
from tests.annotation.flow.load.item_files import rows
from tests.annotation.flow.load.score_files import reasons
from tests.factories import block, load, make_project, png, record

pytestmark = pytest.mark.django_db
BATCHES = pytest.mark.parametrize("batch", [1, 2, 500])


@BATCHES
def test_records_of_one_query_add_to_it_from_batch_to_batch(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(items, "BATCH", batch)
    again = record(1, model="system-b", references={"1": [block("bad")], "6": [block("good")]}, answer=[block(None, "a.png")])
    records = [record(1, references={"1": [block("bad")]}), record(2, gt_answer=[block("right")], answer="x"), again, again]
    report = load(make_project(overlap=2), records, {"a.png": png()})
    added = {"queries": 2, "correct_answers": 1, "responses": 3, "references": 2, "images": 1, "tasks": 3, "skipped": 1}
    assert report.counts == added | {"possible_duplicates": 0}
    assert rows() == 2 + 3 + 1 + 2 + 3 + 6
    assert list(ReferenceRevision.objects.order_by("answer__level").values_list("answer__query__external_id", "blocks")) == [
        ("PBL-0001", [block("bad")]),
        ("PBL-0001", [block("good")]),
    ]
    responses = Response.objects.order_by("pk").values_list("query__external_id", "system")
    assert list(responses) == [("PBL-0001", "system-a"), ("PBL-0002", "system-a"), ("PBL-0001", "system-b")]
    assert list(Task.objects.order_by("pk").values_list("response__system", flat=True)) == ["system-a", "system-a", "system-b"]


@BATCHES
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": [block("another")], "model": "system-b"}, "question"),
        ({"references": {"1": [block("another")]}, "model": "system-b"}, "references.1"),
        ({"answer": [block("another")]}, "answer"),
    ],
)
def test_a_record_that_differs_from_an_earlier_one_is_named(
    monkeypatch: pytest.MonkeyPatch, batch: int, change: dict[str, Any], field: str
) -> None:
    monkeypatch.setattr(items, "BATCH", batch)
    first = record(1, references={"1": [block("bad")]})
    with pytest.raises(Rejected) as caught:
        load(make_project(), [record(3), first, record(2), first | change, first])
    assert [(number, name) for number, name, _error in reasons(caught.value)] == [(4, field)]
    assert (rows(), Image.objects.count(), Query.objects.count()) == (0, 0, 0)
