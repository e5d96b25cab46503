import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from annotation.flow.score import revise
from annotation.flow.setup.training import change_training
from annotation.models import Assignment
from tests.annotation.flow.release.studies import grow, study
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_the_command_says_what_each_split_holds_and_what_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = study(range(1, 16), systems=["a", "b"])
    slot = Assignment.objects.get(task__response__query__external_id="PBL-0015", task__response__system="a")
    revise.send_back(annotation=slot.annotation, by=make_member(project, "lea", "manager"), note="Look again, please.")
    call_command("release", "--project", "study", "--out", str(tmp_path / "one"), "--check-size", "20%", "--test-size", "2")
    assert capsys.readouterr().err.splitlines()[1:] == [
        "left out: sent_back 1",
        "train: responses 21, queries 11",
        "    by category: project-based-learning 21",
        "    by system: a 10, b 11",
        "check: responses 6, queries 3",
        "    by category: project-based-learning 6",
        "    by system: a 3, b 3",
        "test: responses 2, queries 1",
        "    by category: project-based-learning 2",
        "    by system: a 1, b 1",
    ]


def test_the_command_says_whose_splits_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = study(range(1, 6))
    call_command("release", "--project", "study", "--out", str(tmp_path / "one"), "--check-size", "1")
    grow(project, range(6, 31))
    capsys.readouterr()
    call_command("release", "--project", "study", "--out", str(tmp_path / "two"), "--json")
    printed = capsys.readouterr()
    assert printed.err.splitlines()[1:] == [
        "The splits of release 1 are kept.",
        "train: responses 29, queries 29",
        "    by category: project-based-learning 29",
        "    by system: a 29",
        "check: responses 1, queries 1",
        "    by category: project-based-learning 1",
        "    by system: a 1",
        "test: responses 0, queries 0",
    ]
    assert json.loads(printed.out)["split"] == {"train": 29, "check": 1, "test": 0}


def test_the_command_takes_another_template_than_the_projects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = study(range(1, 6))
    change_training(project=project, by=None, changes={"template": "mmie"})
    for name, template in (("one", []), ("two", ["--template", "criteria"])):
        call_command("release", "--project", "study", "--out", str(tmp_path / name), "--check-size", "1", *template, "--json")
        made = json.loads(capsys.readouterr().out)
        answers = [line["conversations"][1]["value"] for line in lines(tmp_path / name / "internvl" / "train.jsonl")]
        counted = (made["template"], made["counts"]["without_feedback"], len(answers))
        assert counted == (("criteria", 0, 4) if template else ("mmie", 5, 0))
        assert all(answer.startswith("### Criteria\n") for answer in answers)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]
