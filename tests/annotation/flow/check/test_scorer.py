"""A scorer's scores are read as MMIE reads them and held against the labels; a bad file is refused with every fault."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import Refused, Rejected
from annotation.flow.check import check_scorer
from annotation.flow.release import release
from annotation.models import Project
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


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
    assert report["overall"]["mae"] == {"value": pytest.approx(1 / 3), "reason": None}
    assert report["overall"]["pearson"] == {"value": None, "reason": "only one response has both a score and a label"}


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
        ("[", "not JSON"),
        ("id,model,score\n,m,3\n", "record 1, id: expected a text that is not empty"),
        ("id,model,score\na,m,3\na,m,4\n", "record 2, id: a second score for the same response"),
    ],
)
def test_a_bad_file_of_scores_is_refused(project: Project, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "scores").write_text(text)
    with pytest.raises((Refused, Rejected), match=message):
        check_scorer(path=tmp_path / "scores", project=project)


def counts(report: dict[str, Any]) -> dict[str, Any]:
    return {key: report[key] for key in ("split", "release", "labels", "scored")}


def test_after_a_release_the_scores_are_checked_against_its_check_split(project: Project, tmp_path: Path) -> None:
    release(project=project, out=tmp_path / "out", check_size=1)
    file = tmp_path / "scores.csv"
    file.write_text("id,model,score\nPBL-0001,system-a,4\nPBL-0002,system-a,2\n")
    check, everything = (check_scorer(path=file, project=project, split=split) for split in ("check", "all"))
    assert counts(check) == {"split": "check", "release": 1, "labels": 1, "scored": 1}
    assert counts(everything) == {"split": "all", "release": 1, "labels": 2, "scored": 2}
    assert everything["groups"][0]["by"] == {"category": "project-based-learning"}
    few = {"value": None, "reason": "fewer than three groups have both scores and labels"}
    assert everything["pearson_by"] == {
        "system": {"within": {"value": pytest.approx(everything["overall"]["pearson"]["value"]), "reason": None}, "between": few},
        "category": {
            "within": {"value": pytest.approx(everything["overall"]["pearson"]["value"]), "reason": None},
            "between": few,
        },
    }


def test_an_unknown_split_and_a_project_without_labels_are_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text("id,model,score\nPBL-0001,system-a,4\n")
    with pytest.raises(Refused, match=r"^split: expected one of check, train, all$"):
        check_scorer(path=tmp_path / "scores.csv", project=project, split="test")
    with pytest.raises(Refused, match="has no labels to check against yet"):
        check_scorer(path=tmp_path / "scores.csv", project=make_project(slug="empty", rubrics=["small"]))
