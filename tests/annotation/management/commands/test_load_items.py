"""What load_items and export_items print: counts for people, JSON for scripts."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import block, make_project, png, record

COUNTS = {"queries": 2, "responses": 2, "references": 0, "images": 1, "tasks": 2, "skipped": 0, "possible_duplicates": 0}


@pytest.fixture
def items(tmp_path: Path, db: None) -> Path:
    make_project()
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "items.json").write_text(json.dumps([record(1), record(2, answer=[block("see", "a.png")])]))
    return tmp_path / "items.json"


def printed(*arguments: Any, **options: Any) -> tuple[str, str]:
    out, messages = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=messages, **options)
    return out.getvalue(), messages.getvalue()


def test_a_load_says_what_it_added_to_people_and_to_scripts(items: Path) -> None:
    out, messages = printed("load_items", str(items), project="study", json=True)
    assert json.loads(out) == COUNTS | {"rejected": []}
    assert messages == ", ".join(f"{name} {count}" for name, count in COUNTS.items()) + "\n"
    assert printed("load_items", str(items), project="study")[0] == ""


def test_what_was_loaded_is_written_out_and_loaded_again(items: Path, tmp_path: Path) -> None:
    printed("load_items", str(items), project="study")
    out, messages = printed("export_items", project="study", out=tmp_path / "out", json=True)
    assert json.loads(out) == {"out": str(tmp_path / "out"), "responses": 2, "images": 1}
    assert messages == "responses 2, images 1\n"
    again, _messages = printed("load_items", str(tmp_path / "out" / "items.jsonl"), project="study", json=True)
    assert json.loads(again) == dict.fromkeys(COUNTS, 0) | {"skipped": 2, "rejected": []}
