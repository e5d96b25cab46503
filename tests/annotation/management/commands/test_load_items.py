"""What load_items and export_items print: counts for people, JSON for scripts, and how far they are."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from annotation.management.progress import progress_bar
from tests.factories import block, make_project, png, record

COUNTS = {"queries": 2, "responses": 2, "references": 0, "images": 1, "tasks": 2, "skipped": 0, "possible_duplicates": 0}


@pytest.fixture
def items(tmp_path: Path, db: None) -> Path:
    make_project()
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "items.json").write_text(json.dumps([record(1), record(2, answer=[block("see", "a.png")])]))
    return tmp_path / "items.json"


def printed(*arguments: Any, **options: Any) -> tuple[str, str]:
    out, told = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=told, **options)
    return out.getvalue(), told.getvalue()


def test_a_load_says_what_it_added_to_people_and_to_scripts(items: Path) -> None:
    out, told = printed("load_items", str(items), project="study", json=True)
    assert json.loads(out) == COUNTS | {"rejected": []}
    assert told == ", ".join(f"{name} {count}" for name, count in COUNTS.items()) + "\n"
    assert printed("load_items", str(items), project="study")[0] == ""


def test_what_was_loaded_is_written_out_and_loaded_again(items: Path, tmp_path: Path) -> None:
    printed("load_items", str(items), project="study")
    out, told = printed("export_items", project="study", out=tmp_path / "out", json=True)
    assert json.loads(out) == {"out": str(tmp_path / "out"), "responses": 2, "images": 1}
    assert told == "responses 2, images 1\n"
    again, _told = printed("load_items", str(tmp_path / "out" / "items.jsonl"), project="study", json=True)
    assert json.loads(again) == dict.fromkeys(COUNTS, 0) | {"skipped": 2, "rejected": []}


def test_a_bar_per_phase_says_how_far_a_command_is(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as tell:
        tell("reading", 5_000_000, 10_000_000)
        tell("reading", 10_000_000, 10_000_000)
        tell("storing", 1, 4)
    lines = [line.split() for line in capsys.readouterr().err.splitlines()]
    assert [(line[0], line[line.index("%") - 1]) for line in lines] == [("reading", "100"), ("storing", "25")]
