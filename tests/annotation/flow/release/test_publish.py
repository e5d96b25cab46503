import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, transaction

from annotation.errors import Refused
from annotation.exporters import verify
from annotation.flow import adjudicate
from annotation.flow.agree import report as agree
from annotation.flow.release import release
from annotation.flow.score import revise
from annotation.models import Assignment, CriterionLabel, Label, Project, Release, Rules, User
from tests.factories import body, judged, make_member, make_project

pytestmark = pytest.mark.django_db


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "labels.jsonl").read_text().splitlines()]


@pytest.fixture
def project() -> Project:
    """Agreed twice, disputed, and not judged by all."""
    project = make_project()
    judged(project, [[4, 4, 5], [1, 2, {"text": 3, "feedback": "so-so"}], [1, 1, 6], [2, 2, None]])
    return project


def test_a_release_holds_the_labels_and_names_what_is_left_out(project: Project, tmp_path: Path) -> None:
    made = release(project=project, out=tmp_path / "out", check_size=1)
    by_id = {line["id"]: line for line in lines(tmp_path / "out")}
    first, second = by_id["PBL-0001"], by_id["PBL-0002"]
    assert (first["overall"], first["score"], first["how"]) == (13 / 3, 4, "agreed")
    assert sorted(first["criteria"]["text"].pop("ratings")) == [4, 4, 5]
    assert first["criteria"] == {
        "text": {"label": 13 / 3, "spread": 1, "how": "agreed", "fair": first["fair"]},
        "images": {
            "label": None,
            "ratings": [None, None, None],
            "spread": None,
            "how": "agreed",
            "fair": {"value": None, "se": None, "reason": "nothing has been rated"},
        },
    }
    # the text alone makes the overall, and none of its ratings here is at an end: they have the same fair value
    assert first["fair"]["value"] < 13 / 3
    assert second["fair"]["value"] > 2.0
    assert first["fair"]["se"] == round(first["fair"]["se"], 4) > 0
    assert first["penalties"] == {"harm": {"label": False, "ratings": [False, False, False], "how": "agreed"}}
    assert (second["overall"], second["percent"], second["feedback"]) == (2.0, 100 / 3, ["so-so"])
    assert made.manifest["left_out"] == [
        {"id": "PBL-0003", "system": "system-a", "sample": 0, "rubric": "small@1", "reason": "disputed"},
        {"id": "PBL-0004", "system": "system-a", "sample": 0, "rubric": "small@1", "reason": "not_judged"},
    ]
    assert made.manifest["split"] == {"train": 1, "check": 1}
    assert verify(tmp_path / "out") == []


def test_a_release_made_twice_is_the_same_byte_for_byte(project: Project, tmp_path: Path) -> None:
    first = release(project=project, out=tmp_path / "one", check_size=1, seed=4)
    second = release(project=project, out=tmp_path / "two", check_size=1, seed=4)
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert (first.version, second.version) == (1, 2)


def test_another_processors_last_digits_do_not_change_a_release(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(project=project, out=tmp_path / "one", check_size=1)
    groups = agree.groups

    def nudged(figures: Any) -> Any:
        if isinstance(figures, dict):
            return {key: nudged(value) for key, value in figures.items()}
        if isinstance(figures, list):
            return [nudged(value) for value in figures]
        return figures - 1e-15 if isinstance(figures, float) else figures

    monkeypatch.setattr(agree, "groups", lambda *arguments: nudged(groups(*arguments)))
    release(project=project, out=tmp_path / "two", check_size=1)
    assert nudged(0.5) != 0.5
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_the_rows_in_the_database_are_the_lines_of_the_file(project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out", check_size=1)
    columns = ("task__response__query__external_id", "split", "overall", "score")
    expected = [(line["id"], line["split"], line["overall"], line["score"]) for line in lines(tmp_path / "out")]
    assert sorted(Label.objects.values_list(*columns)) == expected
    assert CriterionLabel.objects.count() == 6
    by_id = {line["id"]: line for line in lines(tmp_path / "out")}
    for label in Label.objects.all():
        line = by_id[label.task.response.query.external_id]
        assert {"value": label.fair, "se": label.fair_se, "reason": None} == line["fair"]
        fair = {row.criterion.key: (row.fair, row.fair_se) for row in label.criteria.all()}
        text = line["criteria"]["text"]["fair"]
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
    assert (label["overall"], label["how"], label["criteria"]["text"]["how"]) == (1.0, "adjudicated", "adjudicated")
    assert 1.5 < label["criteria"]["text"]["fair"]["value"] < 3.5  # of the ratings, 1, 1 and 6, and not of the decision


def test_nobody_and_no_key_is_named_in_any_file(project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out")
    everything = b"".join(content(tmp_path / "out").values()).decode()
    for secret in ('"ana"', ",ana,", ",bo,", ",chen,", project.pseudonym_key):
        assert secret not in everything


def test_a_held_out_system_stays_out_of_train(project: Project, tmp_path: Path) -> None:
    made = release(project=project, out=tmp_path / "out", check_size=1, hold_out=["system-a"])
    assert made.manifest["split"] == {"train": 0, "check": 1}
    assert [row["reason"] for row in made.manifest["left_out"]].count("system_held_out") == 1


def test_a_release_that_cannot_be_made_is_refused_and_leaves_nothing(project: Project, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    with pytest.raises(Refused, match="expected a folder that is empty"):
        release(project=project, out=tmp_path / "full")
    with pytest.raises(Refused, match=r"^hold-out-system: no response is by ghost$"):
        release(project=project, out=tmp_path / "out", hold_out=["ghost"])
    with pytest.raises(Refused, match="has no labels to release yet"):
        release(project=make_project(slug="empty", rubrics=["small"]), out=tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "stored") == ["full"]
    assert Release.objects.count() == 0


def test_a_failure_while_writing_leaves_neither_folder_nor_rows(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("annotation.flow.release.publish.store", fail)
    with pytest.raises(Refused, match="No space left on device"):
        release(project=project, out=tmp_path / "out")
    assert not [path for path in tmp_path.iterdir() if path.name != "stored"]


def test_a_failure_at_the_commit_leaves_neither_folder_nor_rows(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def fails_at_its_end() -> Iterator[None]:
        with transaction.atomic():
            yield
            assert (tmp_path / "out").is_dir()
            raise OperationalError("the server closed the connection")

    monkeypatch.setattr("annotation.flow.release.publish.transaction", SimpleNamespace(atomic=fails_at_its_end))
    with pytest.raises(OperationalError):
        release(project=project, out=tmp_path / "out")
    assert not [path for path in tmp_path.iterdir() if path.name != "stored"]
    assert (Release.objects.count(), Label.objects.count(), CriterionLabel.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"check_size": -1}, "check-size: expected 0 to 1,000,000, not -1"),
        ({"seed": 2**63}, f"seed: expected a whole number of at most 64 bits, not {2**63}"),
        ({"out": Path("x" * 300)}, f"out: {'x' * 300}: File name too long"),
    ],
)
def test_settings_out_of_range_are_refused(project: Project, tmp_path: Path, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused) as refused:
        release(**{"project": project, "out": tmp_path / "out"} | wrong)
    assert str(refused.value) == message
    assert not [path for path in tmp_path.iterdir() if path.name != "stored"]


@pytest.mark.parametrize("damage", ["change", "remove", "add", "manifest"])
def test_verify_finds_each_kind_of_damage(project: Project, tmp_path: Path, damage: str) -> None:
    release(project=project, out=tmp_path / "out")
    file = tmp_path / "out" / "labels.jsonl"
    if damage == "change":
        file.write_text("other")
    elif damage == "remove":
        file.unlink()
    elif damage == "add":
        (tmp_path / "out" / "more").write_text("x")
    else:
        (tmp_path / "out" / "manifest.json").write_text("[]")
    assert (
        verify(tmp_path / "out")
        == {
            "change": ["labels.jsonl: changed since it was released"],
            "remove": ["labels.jsonl: missing"],
            "add": ["more: not in the manifest"],
            "manifest": ["manifest.json: expected the files with their SHA-256"],
        }[damage]
    )


def test_a_label_rests_on_the_newest_revision_and_ratings_are_the_first(project: Project, tmp_path: Path) -> None:
    ana = User.objects.get(username="ana")
    slot = Assignment.objects.get(annotator=ana, task__response__query__external_id="PBL-0003")
    revise.revise(assignment=slot.pk, by=ana, body=body(text=5, feedback="I misread it."))
    bo = User.objects.get(username="bo")
    slot = Assignment.objects.get(annotator=bo, task=slot.task)
    revise.revise(assignment=slot.pk, by=bo, body=body(text=4))
    made = release(project=project, out=tmp_path / "out", check_size=0)
    by_id = {line["id"]: line for line in lines(tmp_path / "out")}
    third = by_id["PBL-0003"]
    assert (third["overall"], third["revised"], third["feedback"]) == (5.0, True, ["I misread it."])
    assert sorted(third["criteria"]["text"]["ratings"]) == [4, 5, 6]
    assert [by_id[query]["revised"] for query in ("PBL-0001", "PBL-0002")] == [False, False]
    assert (made.manifest["counts"]["revised"], made.manifest["counts"]["labelled"]) == (1, 3)
    assert "1 of the labels rest on a revision" in (tmp_path / "out" / "README.md").read_text()
    rows = (tmp_path / "out" / "ratings.csv").read_text().splitlines()
    assert sorted(row[-1] for row in rows if row.startswith("PBL-0003") and ",text," in row) == ["1", "1", "6"]
