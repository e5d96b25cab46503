"""Few labels and a scorer's many scores: equal to the formula, and refused where it does not hold."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from annotation.agreement.estimates import prediction_powered
from annotation.errors import Refused
from annotation.flow.check import keep_scorer_file, withdraw
from annotation.flow.release import Options, release
from annotation.flow.results import results_report
from annotation.flow.results.files import csv_of, tables_of
from annotation.models import Project, Task
from tests.factories import judge, load, make_member, make_project, record

pytestmark = pytest.mark.django_db
QUERIES, LABELS = 40, 20
LEVELS = np.random.default_rng(5).integers(1, 7, QUERIES).tolist()
SCORES = [min(max(level + step, 0), 6) for level, step in zip(LEVELS, [1, 0, 1, 2, 0, 1, 0, 1] * 5, strict=True)]


def make_study(labels: int = LABELS, **more: Any) -> Project:
    project = make_project(overlap=1)
    load(project, [record(number, **more) for number in range(QUERIES)])
    ana = make_member(project, "ana")
    for task in tasks(project)[:labels]:
        judge(task, ana, text=LEVELS[place(task)])
    return project


def tasks(project: Project) -> list[Task]:
    return list(Task.objects.filter(project=project).select_related("response__query").order_by("response__query__external_id"))


def place(task: Task) -> int:
    return int(task.response.query.external_id[4:])


def keep(project: Project, scores: Sequence[float] = SCORES, criterion: str = "", name: str = "judge") -> Any:
    rows = [f"PBL-{number:04},system-a,{criterion},{score}" for number, score in enumerate(scores)]
    file = io.BytesIO("\n".join(["id,model,criterion,score", *rows]).encode())
    return keep_scorer_file(file=file, name="scores.csv", project=project, scorer=name).scorer


def both(project: Project, **more: Any) -> dict[str, Any]:
    [row] = results_report(project, scorer="judge", **more)["scorer"]["systems"]
    return dict(row)


def test_it_is_the_prediction_powered_mean_in_percent() -> None:
    project = make_study()
    keep(project)
    labels = np.array([100 * level / 6 if number < LABELS else np.nan for number, level in enumerate(LEVELS)])
    expected = prediction_powered(labels, np.array(SCORES) * 100 / 6, np.arange(QUERIES)).plain(interval=True)
    row = both(project)
    assert row["system"] == "system-a"
    for name in ("labels", "scores", "both"):
        for end in ("value", "low", "high"):
            assert row[name][end] == pytest.approx(expected[name][end], abs=1e-9)  # type: ignore[index]
    assert (row["unlabelled"], row["without_score"], row["both"]["reason"]) == (20, 0, None)
    assert row["ratio"] < 1
    assert row["worth"] > 0


def test_it_says_which_scorer_that_is() -> None:
    project = make_study()
    keep(project)
    about = results_report(project, scorer="judge")["scorer"]
    assert {name: about[name] for name in ("name", "trained_on", "scored", "seen", "awaiting", "criteria")} == {
        "name": "judge", "trained_on": None, "scored": 40, "seen": 0, "awaiting": 0, "criteria": [],
    }  # fmt: skip
    assert results_report(project)["scorer"] is None


def test_criteria_are_those_of_which_the_scorer_has_scores() -> None:
    project = make_study()
    keep(project, [max(score, 1) for score in SCORES], criterion="text")
    [table] = results_report(project, scorer="judge")["scorer"]["criteria"]
    assert (table["rubric"], table["criteria"]) == ("small@1", [{"key": "text", "title": "Text"}])
    [row] = table["rows"]
    assert row["cells"][0]["both"]["value"] == pytest.approx(both(project)["both"]["value"], abs=1e-9)


def test_labels_of_a_train_split_never_count_as_unseen(tmp_path: Path) -> None:
    project = make_study(30)
    keep(project)
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=15))
    about = results_report(project, scorer="judge")["scorer"]
    assert (about["seen"], about["systems"][0]["labels"]["n"], about["systems"][0]["unlabelled"]) == (15, 15, 10)
    of_release = results_report(project, scorer="judge", release=made)["scorer"]
    assert of_release["systems"] == about["systems"]


def test_without_an_unseen_label_it_is_refused(tmp_path: Path) -> None:
    project = make_study()
    keep(project)
    release(project=project, out=tmp_path / "out", options=Options(check_size=0))
    assert both(project)["both"]["reason"] == "the scorer may have seen these labels in training"


def test_while_a_dispute_is_open_the_chances_are_unknown() -> None:
    project = make_project(overlap=2)
    load(project, [record(number) for number in range(QUERIES)])
    ana, bo = make_member(project, "ana"), make_member(project, "bo")
    for number, task in enumerate(tasks(project)[:LABELS]):
        judge(task, ana, text=LEVELS[number])
        judge(task, bo, text=LEVELS[number] if number else 1 + (LEVELS[number] + 2) % 6)
    keep(project)
    about = results_report(project, scorer="judge")["scorer"]
    assert about["awaiting"] == 1
    assert about["systems"][0]["both"]["reason"] == "the labelled responses are not a sample of known chances"


def test_a_scorer_that_tells_too_little_is_refused_and_the_labels_stand() -> None:
    project = make_study()
    keep(project, [3 + number % 2 for number in range(QUERIES)])
    row = both(project)
    assert row["both"]["reason"] == "the scores tell too little of the labels to make the interval narrower"
    assert row["labels"]["value"] == pytest.approx(np.mean(LEVELS[:LABELS]) * 100 / 6, abs=1e-9)


def test_a_mean_of_fewer_than_ten_scores_is_not_shown() -> None:
    project = make_study(4)
    keep(project, SCORES[:9])
    scores = both(project)["scores"]
    assert (scores["value"], scores["n"], scores["reason"]) == (None, 9, "fewer than 10 responses have a score")


def test_a_scorer_that_is_not_there_or_withdrawn_is_refused() -> None:
    project = make_study(0)
    with pytest.raises(Refused, match="scorer: study has no scorer judge"):
        results_report(project, scorer="judge")
    withdraw(scorer=keep(project), reason="Wrong model.")
    with pytest.raises(Refused, match="scorer: judge is withdrawn"):
        results_report(project, scorer="judge")


def test_another_run_changes_it_at_once() -> None:
    project = make_study()
    keep(project)
    before = both(project)["scores"]["value"]
    keep(project, [score / 2 for score in SCORES])
    assert both(project)["scores"]["value"] == pytest.approx(0.75 * before, abs=1e-9)


def test_the_files_have_it_too() -> None:
    project = make_study()
    keep(project)
    report = results_report(project, scorer="judge")
    [*_others, table] = tables_of(report)
    assert (table.columns, [row.title for row in table.rows]) == (("Labels alone", "Scores alone", "Both"), ["system-a"])
    row = report["scorer"]["systems"][0]
    assert [cell.value for cell in table.rows[0].cells] == [row[name]["value"] for name in ("labels", "scores", "both")]
    assert [line.split(",")[1] for line in csv_of(report).decode().splitlines()[-3:]] == ["Labels alone", "Scores alone", "Both"]
