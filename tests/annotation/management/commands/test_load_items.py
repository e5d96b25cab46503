"""What load_items and export_items print: counts for people, JSON for scripts."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from annotation.flow.jobs import queue
from annotation.models import Image, Job
from tests.factories import block, make_project, png, record

COUNTS = {"queries": 2, "responses": 2, "references": 0, "images": 1, "tasks": 2, "skipped": 0}
COUNTS |= {"correct_answers": 0, "possible_duplicates": 0}


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
    counts, sizes = messages.splitlines()
    assert counts == ", ".join(f"{name} {count}" for name, count in COUNTS.items())
    by_hand = "manage.py prepare_images --project study"
    assert sizes == f"manage.py worker makes the sizes of the images that pages show. Without one, run {by_hand}"
    assert printed("load_items", str(items), project="study")[0] == ""


def test_a_load_of_images_queues_the_job_that_makes_their_sizes_and_no_second_one(
    items: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "run_later", lambda job: None)
    printed("load_items", str(items), project="study", dry_run=True)
    assert not Job.objects.exists()
    for number in (3, 4):
        printed("load_items", str(items), project="study")
        (tmp_path / "a.png").write_bytes(png("blue"))
        items.write_text(json.dumps([record(number, answer=[block("see", "a.png")])]))
    assert [(job.kind, job.state) for job in Job.objects.all()] == [("prepare_images", "waiting")]
    assert Image.objects.count() == 2


def test_the_command_makes_the_sizes_that_are_missing(items: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "run_later", lambda job: None)
    printed("load_items", str(items), project="study")
    assert not default_storage.exists("shown")
    for _again in range(2):
        out, messages = printed("prepare_images", project="study", json=True)
        assert (json.loads(out), messages) == ({"images": 1, "missing": 0}, "images 1, missing 0\n")
    image = Image.objects.get()
    assert default_storage.exists(f"shown/{image.sha256[:2]}/{image.sha256}.png")


def test_what_was_loaded_is_written_out_and_loaded_again(items: Path, tmp_path: Path) -> None:
    printed("load_items", str(items), project="study")
    out, messages = printed("export_items", project="study", out=tmp_path / "out", json=True)
    assert json.loads(out) == {"out": str(tmp_path / "out"), "responses": 2, "images": 1}
    assert messages == "responses 2, images 1\n"
    again, _messages = printed("load_items", str(tmp_path / "out" / "items.jsonl"), project="study", json=True)
    assert json.loads(again) == dict.fromkeys(COUNTS, 0) | {"skipped": 2, "rejected": []}
