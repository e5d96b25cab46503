import csv
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, transaction

from annotation.errors import Refused
from annotation.exporters import verify, write
from annotation.exporters.folder import HashedFile
from annotation.flow import adjudicate
from annotation.flow.agree import report as agree
from annotation.flow.release import Options, release
from annotation.flow.release.publish import locked
from annotation.flow.release.rows import store_rows
from annotation.flow.score import revise
from annotation.models import Assignment, CriterionLabel, Event, Label, Project, Release, Rules, User
from tests.factories import body, make_member, make_project

pytestmark = pytest.mark.django_db


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "labels.jsonl").read_text().splitlines()]


def test_a_release_holds_the_labels_and_names_what_is_left_out(project: Project, tmp_path: Path) -> None:
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    by_id = {line["id"]: line for line in lines(tmp_path / "out")}
    first, second = by_id["PBL-0001"], by_id["PBL-0002"]
    assert (first["overall"], first["score"], first["how"]) == (13 / 3, 4, "agreed")
    soft = [0.0, 0.0, 0.0, 2 / 3, 1 / 3, 0.0]
    rated = {"label": 13 / 3, "spread": 1, "soft": soft, "fair": first["fair"]}
    unrated = {
        "label": None,
        "ratings": [None, None, None],
        "spread": None,
        "soft": [],
        "fair": {"value": None, "se": None, "reason": "nothing has been rated"},
    }
    assert sorted(first["criteria"][0].pop("ratings")) == [4, 4, 5]
    assert first["criteria"] == [
        {"key": key, "how": "agreed", "contradicted": False} | fields for key, fields in (("text", rated), ("images", unrated))
    ]
    # the text alone makes the overall, and none of its ratings here is at an end: they have the same fair value
    assert first["fair"]["value"] < 13 / 3
    assert second["fair"]["value"] > 2.0
    assert first["fair"]["se"] == round(first["fair"]["se"], 4) > 0
    assert first["penalties"] == [{"key": "harm", "label": False, "ratings": [False, False, False], "how": "agreed"}]
    assert (second["overall"], second["percent"], second["feedback"]) == (2.0, 100 / 3, ["so-so"])
    assert made.manifest["left_out"] == [
        {"id": "PBL-0003", "system": "system-a", "sample": 0, "rubric": "small@1", "reason": "disputed"},
        {"id": "PBL-0004", "system": "system-a", "sample": 0, "rubric": "small@1", "reason": "not_judged"},
    ]
    assert made.manifest["split"] == {"train": 1, "check": 1, "test": 0}
    assert verify(tmp_path / "out") == []


def test_a_release_made_twice_is_the_same_byte_for_byte(project: Project, tmp_path: Path) -> None:
    first = release(project=project, out=tmp_path / "one", options=Options(check_size=1, seed=4))
    second = release(project=project, out=tmp_path / "two", options=Options(check_size=1, seed=4))
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert (first.version, second.version) == (1, 2)


def test_another_processors_last_digits_do_not_change_a_release(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(project=project, out=tmp_path / "one", options=Options(check_size=1))
    groups = agree.groups

    def nudged(figures: Any) -> Any:
        if isinstance(figures, dict):
            return {key: nudged(value) for key, value in figures.items()}
        if isinstance(figures, list):
            return [nudged(value) for value in figures]
        return figures - 1e-15 if isinstance(figures, float) else figures

    monkeypatch.setattr(agree, "groups", lambda *arguments: nudged(groups(*arguments)))
    release(project=project, out=tmp_path / "two", options=Options(check_size=1))
    assert nudged(0.5) != 0.5
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_the_rows_in_the_database_are_the_lines_of_the_file(project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    columns = ("task__response__query__external_id", "split", "overall", "score")
    expected = [(line["id"], line["split"], line["overall"], line["score"]) for line in lines(tmp_path / "out")]
    assert sorted(Label.objects.values_list(*columns)) == sorted(expected)
    assert CriterionLabel.objects.count() == 6
    by_id = {line["id"]: line for line in lines(tmp_path / "out")}
    for label in Label.objects.all():
        line = by_id[label.task.response.query.external_id]
        assert {"value": label.fair, "se": label.fair_se, "reason": ""} == line["fair"]
        fair = {row.criterion.key: (row.fair, row.fair_se) for row in label.criteria.all()}
        text = line["criteria"][0]["fair"]
        assert fair == {"text": (text["value"], text["se"]), "images": (None, None), "harm": (None, None)}


def test_an_adjudicated_label_is_marked(project: Project, tmp_path: Path) -> None:
    Rules.objects.update(undisputed_share=0)
    project.refresh_from_db()
    ada = make_member(project, "ada", "adjudicator")
    review = adjudicate.claim(project=project, by=ada)
    assert review is not None
    case = review.adjudication
    adjudicate.score_blind(case=case.pk, by=ada, answers={"text": 2})
    adjudicate.decide(case=case.pk, by=ada, decisions={"text": {"score": 1, "cause": "slip", "reason": "x"}})
    release(project=project, out=tmp_path / "out")
    label = {line["id"]: line for line in lines(tmp_path / "out")}["PBL-0003"]
    text = label["criteria"][0]
    assert (label["overall"], label["how"], text["how"]) == (1.0, "adjudicated", "adjudicated")
    assert 1.5 < text["fair"]["value"] < 3.5  # of the ratings, 1, 1 and 6, and not of the decision


def test_nobody_and_no_key_is_named_in_any_file(project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out")
    everything = b"".join(content(tmp_path / "out").values())
    for secret in ('"ana"', ",ana,", ",bo,", ",chen,", project.pseudonym_key):
        assert secret.encode() not in everything


def test_a_release_that_cannot_be_made_is_refused_and_leaves_nothing(project: Project, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    with pytest.raises(Refused, match="expected a folder that is empty"):
        release(project=project, out=tmp_path / "full")
    with pytest.raises(Refused, match=r"^hold-out-system: no response is by ghost$"):
        release(project=project, out=tmp_path / "out", options=Options(hold_out=["ghost"]))
    with pytest.raises(Refused, match="has no labels to release yet"):
        release(project=make_project(slug="empty", rubrics=["small"]), out=tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "stored") == ["full"]
    assert Release.objects.count() == 0


@pytest.mark.parametrize("writes", [0, 1, 3, 10])
def test_a_disk_that_is_full_after_some_writes_leaves_neither_folder_nor_rows(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    done, write_some = [], HashedFile.write

    def fill(self: HashedFile, data: bytes) -> int:
        if len(done) == writes:
            raise OSError(28, "No space left on device")
        done.append(data)
        return write_some(self, data)

    monkeypatch.setattr(HashedFile, "write", fill)
    with pytest.raises(Refused, match=r"^out: .*: No space left on device$"):
        release(project=project, out=tmp_path / "out")
    assert (len(done), Release.objects.count()) == (writes, 0)
    assert not [path for path in tmp_path.iterdir() if path.name != "stored"]


def hidden(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".out-")]


def test_a_failure_at_the_commit_leaves_no_rows_and_the_next_release_no_files_of_it(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def fails_at_its_end() -> Iterator[None]:
        with transaction.atomic():
            yield
            raise OperationalError("the server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr("annotation.flow.release.publish.transaction", SimpleNamespace(atomic=fails_at_its_end))
        with pytest.raises(OperationalError):
            release(project=project, out=tmp_path / "out")
    assert (Release.objects.count(), Label.objects.count(), CriterionLabel.objects.count()) == (0, 0, 0)
    assert not (tmp_path / "out").exists()
    [left] = hidden(tmp_path)
    with locked(left):  # by a process that lives
        release(project=project, out=tmp_path / "out")
    assert (verify(tmp_path / "out"), hidden(tmp_path)) == ([], [left])
    shutil.rmtree(tmp_path / "out")
    assert release(project=project, out=tmp_path / "out").version == 2
    assert (verify(tmp_path / "out"), hidden(tmp_path)) == ([], [])


def test_a_release_that_was_killed_after_the_commit_is_finished_by_the_next_command(project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out")
    files = content(tmp_path / "out")
    name = Event.objects.get(verb="released").data["folder"]
    (tmp_path / "out").rename(tmp_path / name)
    with pytest.raises(Refused, match="is there already: expected a folder that is empty or not there"):
        release(project=project, out=tmp_path / "out")
    assert (content(tmp_path / "out"), hidden(tmp_path), Release.objects.count()) == (files, [], 1)


def test_what_looks_like_a_killed_release_but_is_not_this_folders_stays(project: Project, tmp_path: Path) -> None:
    for name in (".out-", ".out-x", f".other-{'a' * 32}", f".out-{'a' * 32}b"):
        (tmp_path / name).mkdir()
    release(project=project, out=tmp_path / "out")
    assert len([path for path in tmp_path.iterdir() if path.name.startswith(".")]) == 4


def test_a_folder_that_somebody_fills_meanwhile_is_left_alone(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*arguments: Any) -> Release:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "notes").write_text("mine")
        return store_rows(*arguments)

    monkeypatch.setattr("annotation.flow.release.publish.store_rows", fill)
    with pytest.raises(Refused, match="is there already"):
        release(project=project, out=tmp_path / "out")
    assert (content(tmp_path / "out"), hidden(tmp_path), Release.objects.count()) == ({"notes": b"mine"}, [], 0)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"options": Options(check_size=-1)},
            "check-size: expected 0 to 1,000,000 responses, or a share of them as 20% or 0.2, not -1",
        ),
        ({"options": Options(seed=2**63)}, f"seed: expected a whole number of at most 64 bits, not {2**63}"),
        ({"out": Path("x" * 300)}, f"out: {'x' * 300}: File name too long"),
    ],
)
def test_settings_out_of_range_are_refused(project: Project, tmp_path: Path, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused) as refused:
        release(**{"project": project, "out": tmp_path / "out"} | wrong)
    assert str(refused.value) == message
    assert not [path for path in tmp_path.iterdir() if path.name != "stored"]


def test_a_label_rests_on_the_newest_revision_and_ratings_are_the_first(project: Project, tmp_path: Path) -> None:
    ana = User.objects.get(username="ana")
    slot = Assignment.objects.get(annotator=ana, task__response__query__external_id="PBL-0003")
    revise.revise(assignment=slot.pk, by=ana, body=body(text=5, feedback="I misread it."))
    bo = User.objects.get(username="bo")
    slot = Assignment.objects.get(annotator=bo, task=slot.task)
    revise.revise(assignment=slot.pk, by=bo, body=body(text=4))
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=0))
    by_id = {line["id"]: line for line in lines(tmp_path / "out")}
    third = by_id["PBL-0003"]
    assert (third["overall"], third["revised"], third["feedback"]) == (5.0, True, ["I misread it."])
    assert sorted(third["criteria"][0]["ratings"]) == [4, 5, 6]
    assert [by_id[query]["revised"] for query in ("PBL-0001", "PBL-0002")] == [False, False]
    assert (made.manifest["counts"]["revised"], made.manifest["counts"]["labelled"]) == (1, 3)
    assert "1 of the labels rest on a revision" in (tmp_path / "out" / "README.md").read_text()
    with (tmp_path / "out" / "ratings.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["id"], row["criterion"]) == ("PBL-0003", "text")]
    assert sorted((row["revision"], row["first"], row["score"]) for row in rows) == [
        ("1", "1", "1"),
        ("1", "1", "1"),
        ("1", "1", "6"),
        ("2", "0", "4"),
        ("2", "0", "5"),
    ]


def test_a_release_that_another_overtakes_is_made_after_it(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtaken = []

    def overtake(*arguments: Any) -> dict[str, Any]:
        if not overtaken:
            overtaken.append(True)
            release(project=project, out=tmp_path / "other", options=Options(check_size=1))
        return write(*arguments)

    monkeypatch.setattr("annotation.flow.release.publish.write", overtake)
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    assert (made.version, hidden(tmp_path)) == (2, [])
    assert verify(tmp_path / "out") == verify(tmp_path / "other") == []


def test_a_folder_that_cannot_get_its_name_is_told_and_stays(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Refused, match=r"Read-only file system\. The release is made, its files are in .*\.out-"):
        release(project=project, out=tmp_path / "out")
    [left] = hidden(tmp_path)
    assert (verify(left), Release.objects.count()) == ([], 1)
