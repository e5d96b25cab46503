import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.annotation.flow.load.score_files import as_csv, counts, everything, says
from tests.factories import load, make_project, record, responses

pytestmark = pytest.mark.django_db


def load_scores(file: Path, *arguments: str) -> tuple[Any, str]:
    """What --json prints, and the messages beside it."""
    printed, messages = StringIO(), StringIO()
    try:
        call_command("load_scores", str(file), "--project", "study", "--json", *arguments, stdout=printed, stderr=messages)
    except CommandError as error:
        messages.write(f"{error}\n")
    return json.loads(printed.getvalue()), messages.getvalue()


def test_the_report_is_printed_and_said(tmp_path: Path) -> None:
    responses(make_project())
    file = tmp_path / "scores.csv"
    file.write_bytes(as_csv(says("uma", harm=1)))
    added = counts(annotations=1, scores=3, annotators=1) | {"warnings": []}
    expected = added, "annotations 1, scores 3, annotators 1, slots 0, skipped 0, not_first 0\n"
    before = everything()
    assert load_scores(file, "--dry-run") == expected
    assert everything() == before
    assert load_scores(file) == expected
    assert everything()["Annotation"] == 1


def test_a_copied_column_is_printed_and_said(tmp_path: Path) -> None:
    project = make_project()
    load(project, [record(number) for number in range(1, 31)])
    file = tmp_path / "scores.csv"
    lines = [
        f"PBL-{number:04},system-a,{name},{criterion},{level}"
        for number in range(1, 31)
        for name in ("uma", "vik")
        for criterion, level in (("text", 1 + number % 6), ("images", "na"))
    ]
    file.write_text("\n".join(["id,model,annotator,criterion,score", *lines]))
    printed, messages = load_scores(file)
    [warning] = printed["warnings"]
    assert (warning["annotators"], warning["ratings"], warning["equal"]) == (["uma", "vik"], 30, 1.0)
    assert "uma and vik gave the same score in 100 % of 30 cases" in messages
    assert load_scores(file, "--dry-run")[0]["warnings"] == []


def test_a_refusal_names_every_fault(tmp_path: Path) -> None:
    responses(make_project())
    file = tmp_path / "scores.csv"
    file.write_bytes(as_csv(says("uma", text=7, images=9)))
    faults = [{"record": number, "field": "score", "error": f"`{score}`: expected 1 to 6"} for number, score in ((1, 7), (2, 9))]
    kinds = [{"field": "score", "error": "`7`, `9`: expected 1 to 6", "count": 2, "first": 1}]
    messages = "scores.csv: record 1, score: `7`: expected 1 to 6\nscores.csv: record 2, score: `9`: expected 1 to 6\n"
    assert load_scores(file) == (counts() | {"rejected": faults, "kinds": kinds}, messages)
