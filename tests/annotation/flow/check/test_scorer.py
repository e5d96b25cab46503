"""A scorer's scores are read as MMIE reads them and held against the labels; a bad file is refused with every fault."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import Refused, Rejected
from annotation.flow.check import Scale, check_scorer, scorer_report, standing_release
from annotation.flow.release import Options, release, retract
from annotation.models import Project, Query, Response, Scorer, Task
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


def figure(value: Any = None, reason: str | None = None, *, n: int = 1) -> dict[str, Any]:
    why = None if reason else "too few queries for an interval"
    return {"value": value, "n": n, "low": None, "high": None, "reason": reason, "no_interval": why}


@pytest.fixture
def project() -> Project:
    """Agreed, agreed by the median, disputed, and not judged by all."""
    project = make_project()
    judged(project, [[4, 4, 5], [1, 2, 3], [1, 1, 6], [2, 2, None]])
    return project


def test_a_scorer_is_checked_against_the_labels(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("id,model,score\nPBL-0001,system-a,4\nPBL-0002,system-a,oops\nPBL-0009,system-a,3\n")
    report = check_scorer(path=file, project=project)
    counts = {key: report[key] for key in ("split", "labels", "scored", "unreadable", "missing", "extra")}
    assert counts == {"split": "all", "labels": 2, "scored": 1, "unreadable": 1, "missing": 0, "extra": 1}
    assert report["overall"]["mae"] == figure(pytest.approx(1 / 3))
    assert report["overall"]["pearson"] == figure(reason="only one response has both a score and a label")
    # the second label is 2: the farthest overall is 6
    assert report["overall_worst"]["mae"] == figure(pytest.approx((1 / 3 + 4) / 2), n=2)


def test_mmies_result_file_is_read_as_mmie_reads_it(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    texts = ["### Feedback\nGood 6\n### Score\n4.5", "no score at all"]
    file.write_text(
        json.dumps([{"id": f"PBL-000{n}", "model": "system-a", "gpt_feedback": text} for n, text in enumerate(texts, 1)])
    )
    report = check_scorer(path=file, project=project)
    assert (report["scored"], report["unreadable"]) == (1, 1)
    assert report["overall"]["mae"]["value"] == pytest.approx(1 / 3)  # 4.5 is rounded half to even: 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,score\n", "the first line lacks model"),
        ("[", "record 1, record: the file ends in the middle of it"),
        ("id,model,score,score\na,m,3,4\n", "the first line names a column twice: `score`"),
        ('[{"id": "a", "id": "b", "model": "m"}]', r"record 1, id: there twice"),
        ('[{"id": "a", "model": "m", "score": 3, "sample": -1}]', "record 1, sample: `-1`: expected a whole number from 0"),
        ("id,model,score\n,m,3\n", 'record 1, id: `""`: expected a text that is not empty'),
        ("id,model,score\na,m,3\na,m,4\n", "record 2, id: `a`: a second score of the same response: the first is record 1"),
    ],
)
def test_a_bad_file_of_scores_is_refused(project: Project, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "scores").write_text(text)
    with pytest.raises((Refused, Rejected), match=message):
        check_scorer(path=tmp_path / "scores", project=project)


def counts(report: dict[str, Any]) -> dict[str, Any]:
    return {key: report[key] for key in ("split", "release", "labels", "scored")}


def test_after_a_release_the_scores_are_checked_against_its_check_split(project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    file = tmp_path / "scores.csv"
    file.write_text("id,model,score\nPBL-0001,system-a,4\nPBL-0002,system-a,2\n")
    check, everything = (check_scorer(path=file, project=project, split=split) for split in ("check", "all"))
    assert counts(check) == {"split": "check", "release": 1, "labels": 1, "scored": 1}
    assert counts(everything) == {"split": "all", "release": 1, "labels": 2, "scored": 2}
    assert everything["groups"][0]["by"] == {"category": "project-based-learning"}
    few = figure(reason="fewer than three groups have both scores and labels")
    within = figure(pytest.approx(everything["overall"]["pearson"]["value"]), n=2)
    assert everything["pearson_by"] == {key: {"within": within, "between": few} for key in ("system", "category")}


def test_a_scorer_can_be_checked_on_the_test_split(project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out", options=Options(check_size=0, test_size=1))
    (tmp_path / "scores.csv").write_text("id,model,score\nPBL-0001,system-a,4\nPBL-0002,system-a,2\n")
    report = check_scorer(path=tmp_path / "scores.csv", project=project, split="test")
    assert counts(report) == {"split": "test", "release": 1, "labels": 1, "scored": 1}


def test_an_unknown_split_and_a_project_without_labels_are_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text("id,model,score\nPBL-0001,system-a,4\n")
    with pytest.raises(Refused, match=r"^split: expected one of check, train, test, all$"):
        check_scorer(path=tmp_path / "scores.csv", project=project, split="dev")
    with pytest.raises(Refused, match="has no labels to check against yet"):
        check_scorer(path=tmp_path / "scores.csv", project=make_project(slug="empty", rubrics=["small"]))


def test_a_retracted_release_is_passed_over(project: Project, tmp_path: Path) -> None:
    first, second = (release(project=project, out=tmp_path / name, options=Options(check_size=1)) for name in ("one", "two"))
    file = tmp_path / "scores.csv"
    file.write_text("id,model,score\nPBL-0001,system-a,4\nPBL-0002,system-a,2\n")
    assert check_scorer(path=file, project=project)["release"] == second.version
    retract(release=second, reason="Wrong.")
    assert counts(check_scorer(path=file, project=project)) == {"split": "check", "release": 1, "labels": 1, "scored": 1}
    retract(release=first, reason="Wrong too.")
    assert counts(check_scorer(path=file, project=project)) == {"split": "all", "release": None, "labels": 2, "scored": 2}


def test_a_release_is_chosen_by_its_number_and_a_retracted_one_is_refused(project: Project, tmp_path: Path) -> None:
    made = [release(project=project, out=tmp_path / name, options=Options(check_size=1)) for name in ("one", "two")]
    file = tmp_path / "scores.csv"
    file.write_text("id,model,score\nPBL-0001,system-a,4\nPBL-0002,system-a,2\n")
    report = check_scorer(path=file, project=project, release=standing_release(project, 1), split="all")
    assert counts(report) == {"split": "all", "release": 1, "labels": 2, "scored": 2}
    retract(release=made[0], reason="Wrong.")
    with pytest.raises(Refused, match="release 1 of study is retracted"):
        standing_release(project, 1)
    with pytest.raises(Refused, match="study has no release 3"):
        standing_release(project, 3)


def test_a_scorer_on_another_scale_is_checked_once_it_is_declared(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("id,model,score\nPBL-0001,system-a,.7\nPBL-0002,system-a,.2\n")
    with pytest.raises(Refused, match=r"all 2 scores lie from 0\.2 to 0\.7, and the rubric's scale goes from 0 to 6"):
        check_scorer(path=file, project=project)
    report = check_scorer(path=file, project=project, scale=Scale(0, 1))
    assert report["overall"]["mae"]["value"] == pytest.approx((abs(4.2 - 13 / 3) + abs(1.2 - 2)) / 2)


def test_what_lies_outside_counts_at_the_nearest_end_and_is_told(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("id,model,score\nPBL-0001,system-a,9\nPBL-0002,system-a,2\n")
    report = check_scorer(path=file, project=project)
    assert (report["clipped"], report["scored"]) == (1, 2)
    assert report["overall"]["mae"]["value"] == pytest.approx((6 - 13 / 3) / 2)


def test_a_constant_scorer_reads_as_bad(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("id,model,score\nPBL-0001,system-a,4\nPBL-0002,system-a,4\n")
    report = check_scorer(path=file, project=project)
    assert report["overall"]["pearson"]["value"] is None
    assert report["overall"]["mse"]["value"] > report["baselines"]["mean"]["mse"]["value"]


def test_several_numbers_and_what_mmies_script_cuts_or_drops_are_counted(project: Project, tmp_path: Path) -> None:
    shown_less = Task.objects.order_by("response__query__external_id")
    set_blocks(shown_less[0], question=1, response=3)  # cut after the third image, before the fourth
    set_blocks(shown_less[1], question=5, response=0)  # dropped: MMIE's script writes no record
    file = tmp_path / "result.json"
    file.write_text(json.dumps([{"id": "PBL-0001", "model": "system-a", "gpt_feedback": "### Score (of 6)\n4"}]))
    report = check_scorer(path=file, project=project)
    told = {key: report[key] for key in ("scored", "missing", "several_numbers", "cut", "dropped")}
    assert told == {"scored": 1, "missing": 1, "several_numbers": 1, "cut": 1, "dropped": 1}


def set_blocks(task: Task, *, question: int, response: int) -> None:
    """As many blocks with a text and an image."""
    Query.objects.filter(pk=task.response.query_id).update(blocks=[{"text": "x", "image": "a"}] * question)
    Response.objects.filter(pk=task.response_id).update(blocks=[{"text": "x", "image": "a"}] * response)


def test_a_scorer_with_a_name_is_kept_and_its_report_is_that_of_the_file(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("id,model,score\nPBL-0001,system-a,4\nPBL-0002,system-a,oops\n")
    first = check_scorer(path=file, project=project, scorer="judge")
    again = check_scorer(path=file, project=project, scorer="judge")
    assert (first, first["runs"], Scorer.objects.get().runs.count()) == (again, [1], 1)
    without_name = check_scorer(path=file, project=project)
    assert without_name == first | {"scorer": "scores", "runs": []}
    assert scorer_report(Scorer.objects.get()) == first


def test_the_report_of_a_scorer_takes_the_mean_of_its_runs(project: Project, tmp_path: Path) -> None:
    for name, scores in (("a", (5, "oops")), ("b", (3, 2))):
        (tmp_path / name).write_text("id,model,score\n" + "".join(f"PBL-000{n},system-a,{s}\n" for n, s in enumerate(scores, 1)))
        check_scorer(path=tmp_path / name, project=project, scorer="judge")
    report = scorer_report(Scorer.objects.get())
    assert (report["runs"], report["scored"], report["unreadable"]) == ([1, 2], 2, 0)
    assert report["overall"]["mae"]["value"] == pytest.approx((13 / 3 - 4) / 2)


def test_what_is_refused_keeps_nothing(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("id,model,score\nPBL-0001,system-a,4\n")
    with pytest.raises(Refused, match="expected with the name of a scorer"):
        check_scorer(path=file, project=project, trained_on=release(project=project, out=tmp_path / "out").version, split="all")
    with pytest.raises(Refused, match="has no release 7"):
        check_scorer(path=file, project=project, scorer="judge", trained_on=7, split="all")
    with pytest.raises(Refused, match="No such file"):
        check_scorer(path=tmp_path / "none.csv", project=project, scorer="judge", split="all")
    assert Scorer.objects.count() == 0
