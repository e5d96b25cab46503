"""From which file a response came, what became of its query, and in which releases it is."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from annotation.flow.duplicates import resolve
from annotation.flow.history import history_of
from annotation.flow.load import load_items
from annotation.flow.references import approve, write_answer
from annotation.flow.release import Options, release
from annotation.models import PossibleDuplicate, Project, ReferenceAnswer, ReferenceRevision, Task
from tests.factories import block, judged, load, make_member, record

pytestmark = pytest.mark.django_db


def told(task: Task) -> list[tuple[str, str | None, dict[str, Any]]]:
    return [(step.what, step.by and step.by.username, step.details) for step in history_of(task)]


def load_file(project: Project, path: Path, *records: dict[str, Any], by: Any) -> None:
    path.write_bytes(orjson.dumps(records))
    load_items(path=path, project=project, by=by)


def test_each_response_names_the_file_it_came_in(project: Project, tmp_path: Path) -> None:
    lea = make_member(project, "lea", "manager")
    load_file(project, tmp_path / "first.json", record(1), record(2), by=lea)
    load_file(project, tmp_path / "second.json", record(2), record(2, model="system-b"), record(3), by=None)
    loaded = {str(task.response): told(task) for task in Task.objects.select_related("response__query")}
    first, second = ([("items_loaded", who, {"file": name})] for who, name in (("lea", "first.json"), (None, "second.json")))
    assert loaded == {
        "PBL-0001, system-a": first,
        "PBL-0002, system-a": first,
        "PBL-0002, system-b": second,
        "PBL-0003, system-a": second,
    }


def test_verdicts_on_duplicates_stand_with_the_responses_of_their_queries(project: Project) -> None:
    lea = make_member(project, "lea", "manager")
    load(project, [record(number, question=[block("The same question in the same words")]) for number in (1, 2)])
    load(project, [record(9)])
    pair = PossibleDuplicate.objects.select_related("first").get()
    resolve.drop(query=pair.first, by=lea, pair=pair)
    resolve.restore(query=pair.first, by=lea)
    resolve.merge(pair=PossibleDuplicate.objects.get(), into=pair.second, by=lea)
    verdicts = {
        task.pk: [(what, who, details) for what, who, details in told(task) if what != "items_loaded"]
        for task in Task.objects.order_by("pk")
    }
    dropped, restored = (("dropped", "lea", {"query": "PBL-0001"}), ("restored", "lea", {"query": "PBL-0001"}))
    merged = ("merged", "lea", {"query": "PBL-0001", "into": "PBL-0002"})
    # both are responses to the second query now, and the first query's verdicts came with it
    assert list(verdicts.values()) == [[dropped, restored, merged], [dropped, restored, merged], []]


def test_a_later_state_of_a_reference_answer_is_told(project: Project) -> None:
    lea = make_member(project, "lea", "manager")
    load(project, [record(1, references={"3": [block("Middling")]}), record(2)])
    answer = ReferenceAnswer.objects.get()
    ReferenceRevision.objects.create(answer=answer, number=2, blocks=[block("Better")], made_by=lea)
    histories = [told(task) for task in Task.objects.order_by("response__query__external_id")]
    assert [len(history) for history in histories] == [2, 1]
    assert histories[0][1] == ("reference_revised", "lea", {"level": 3, "revision": 2})


def test_an_approval_is_told_after_what_it_approves(project: Project) -> None:
    lea, eva = make_member(project, "lea", "manager"), make_member(project, "eva", "expert")
    load(project, [record(1)])
    revision = write_answer(query=Task.objects.get().response.query, level=3, blocks=[block("Middling")], by=eva)
    approve(revision=revision, by=lea)
    assert told(Task.objects.get())[1:] == [
        ("reference_revised", "eva", {"level": 3, "revision": 1}),
        ("reference_approved", "lea", {"level": 3, "revision": 1, "query": "PBL-0001"}),
    ]


def test_each_release_is_told_with_the_label(project: Project, tmp_path: Path) -> None:
    tasks = judged(project, [[4, 4, 4], [5, 5, 5], [1, 1, 6]])
    lea = make_member(project, "lea", "manager")
    release(project=project, out=tmp_path / "one", by=lea, options=Options(check_size=1))
    what, who, details = told(tasks[0])[-1]
    assert (what, who, details | {"split": ""}) == (
        "released",
        "lea",
        {"version": 1, "split": "", "how": "agreed", "overall": 4.0, "score": 4},
    )
    assert told(tasks[2])[-1][0] == "submitted"
