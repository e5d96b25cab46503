"""The history of the database: one line without a gap, and every step can be taken back."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from tests.codebase.sources import ROOT
from tests.databases import own_database

APPS = ("annotation", "rubrics")


@pytest.fixture(scope="module")
def history() -> dict[str, dict[str, Migration]]:
    """Each app's migrations by name, in order."""
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {app: {name: on_disk[app, name] for of, name in sorted(on_disk) if of == app} for app in APPS}


def test_the_migrations_are_numbered_without_a_gap(history: Any) -> None:
    for app in APPS:
        names = list(history[app])
        assert [name[:5] for name in names] == [f"{number:04}_" for number in range(1, len(names) + 1)]


def test_an_app_begins_with_its_tables_and_its_triggers(history: Any) -> None:
    assert {app: list(history[app])[:2] for app in APPS} == {app: ["0001_initial", "0002_triggers"] for app in APPS}


def test_a_later_migration_holds_one_operation_and_has_a_name(history: Any) -> None:
    later = {f"{app}.{name}": migration for app in APPS for name, migration in list(history[app].items())[2:]}
    assert [name for name, migration in later.items() if len(migration.operations) != 1 or "auto" in name] == []


def test_a_migration_stands_on_the_one_before(history: Any) -> None:
    for app in APPS:
        names = list(history[app])
        before = [[name for of, name in migration.dependencies if of == app] for migration in history[app].values()]
        assert before == [[], *([name] for name in names[:-1])]


def test_a_migration_can_be_taken_back(history: Any) -> None:
    assert [f"{app}.{name}" for app in APPS for name, migration in history[app].items() if not reversible(migration)] == []


def reversible(migration: Migration) -> bool:
    return all(operation.reversible for operation in migration.operations)


def test_what_ran_forwards_runs_backwards_and_forwards_again(tmp_path: Path) -> None:
    with own_database(tmp_path) as database:
        manage(tmp_path, database, "migrate", "rubrics", "zero")  # and all that stands on it
        manage(tmp_path, database, "migrate")
        manage(tmp_path, database, "migrate", "--check")  # which fails where something is left to do


SETUP = """
from datetime import timedelta
from django.utils import timezone
from annotation.flow import adjudicate
from annotation.models import CaseReview
from tests.annotation.flow.adjudicate.cases import make_disputed_project, settle, started
from tests.factories import judged, make_member
project = make_disputed_project()
ada, bea, cai = (make_member(project, name, "adjudicator") for name in ("ada", "bea", "cai"))
lea = make_member(project, "lea", "manager")
tasks = judged(project, [[1, 1, 6]] * 5)
def take(by, task):
    return adjudicate.claim(project=project, by=by, task=task.pk).adjudication
def lapse():
    CaseReview.objects.held().update(lease_expires_at=timezone.now() - timedelta(minutes=1))
take(ada, tasks[0])
lapse()
take(bea, tasks[0])  # after ada, and sees nothing
lapse()
settle(take(ada, tasks[0]), ada, {"text": 2})
adjudicate.mark_unusable(case=take(ada, tasks[1]).pk, by=ada, reason="No image.")  # before the reveal
unusable = adjudicate.mark_unusable(case=take(ada, tasks[2]).pk, by=ada, reason="No image.")
adjudicate.reopen(case=unusable.pk, by=lea, reason="It is there.")
settle(take(bea, tasks[2]), bea, {"text": 3})
adjudicate.reopen(case=settle(take(cai, tasks[3]), cai, {"text": 3}).pk, by=lea, reason="Wrong.")  # nobody takes it
case = take(cai, tasks[4]).pk
adjudicate.score_blind(case=case, by=cai, answers={"text": 4})
for note in ("Look.", "Look again."):
    adjudicate.send_back(case=case, by=cai, annotator="A", note=note)
    adjudicate.call_back(case=case, by=cai)
    take(cai, tasks[4])
"""
CASES = """
import json
from annotation.models import Adjudication, BlindScore, CaseReview, SentBack
cases = Adjudication.objects.order_by("task", "round").values_list("round", "outcome", "decided_by__username")
parts = CaseReview.objects.order_by("adjudication__task", "adjudication__round").values_list("adjudicator__username", "ending")
blind = [score.answer for score in BlindScore.objects.order_by("review__adjudication__task")]
print(json.dumps([list(cases), list(parts), blind, list(SentBack.objects.values_list("note", flat=True))]))
"""


def test_cases_of_every_kind_go_back_and_come_again(tmp_path: Path) -> None:
    with own_database(tmp_path) as database:
        manage(tmp_path, database, "shell", "-v0", "-c", SETUP)
        manage(tmp_path, database, "migrate", "annotation", "0002")
        manage(tmp_path, database, "migrate")
        cases, parts, blind, notes = json.loads(manage(tmp_path, database, "shell", "-v0", "-c", CASES))
    # what was unusable waits again, for whom marked it; a round that nobody took is that of who decided before
    assert cases == [
        [1, "decided", "ada"],
        [1, "", None],
        [2, "decided", "bea"],
        [1, "decided", "cai"],
        [2, "", None],
        [1, "", None],
    ]
    assert [name for name, _ending in parts] == ["ada", "ada", "bea", "cai", "cai", "cai"]
    assert blind == [2, 3, 3, 4]
    assert notes == ["Look.\n\nLook again."]


def test_decisions_without_blind_scores_do_not_go_back_and_nothing_is_lost(tmp_path: Path) -> None:
    again = """
from annotation.models import Adjudication, User
from annotation.flow import adjudicate
from tests.annotation.flow.adjudicate.cases import make_disputed_project, settle, started
from tests.factories import judged, make_member
project = make_disputed_project()
ada = make_member(project, "ada", "adjudicator")
judged(project, [[1, 1, 6]])
case = settle(started(project, ada), ada, {"text": 2})
adjudicate.reopen(case=case.pk, by=ada, reason="Wrong.")
settle(started(project, ada), ada, {"text": 3})
"""
    with own_database(tmp_path) as database:
        manage(tmp_path, database, "shell", "-v0", "-c", again)
        done = ran(tmp_path, database, "migrate", "annotation", "0002")
        assert (done.returncode, "CommandError: 1 decisions were made by people who had seen the scores" in done.stderr) == (
            1,
            True,
        )
        manage(tmp_path, database, "migrate")
        left = "from annotation.models import BlindScore, Decision; print(Decision.objects.count(), BlindScore.objects.count())"
        assert manage(tmp_path, database, "shell", "-v0", "-c", left).split() == ["2", "1"]


def manage(folder: Path, database: dict[str, str], *arguments: str) -> str:
    done = ran(folder, database, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def ran(folder: Path, database: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    unchecked = [] if arguments[0] == "shell" else ["--skip-checks"]
    return subprocess.run(
        [sys.executable, "manage.py", *arguments, *unchecked],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder), **database},
        capture_output=True,
        text=True,
    )


def test_images_that_were_loaded_before_are_looked_at_and_a_missing_one_stays_unknown(tmp_path: Path) -> None:
    setup = """
import hashlib
from django.core.files.storage import default_storage
from tests.factories import block, load, make_project, png, record
from tests.pictures import exif, picture, saved
images = {"a": png(), "b": saved(picture(), "JPEG", exif=exif(6)), "c": png("blue")}
load(make_project(), [record(1, answer=[block(None, name) for name in images])], images)
missing = hashlib.sha256(images["c"]).hexdigest()
default_storage.delete(f"originals/{missing[:2]}/{missing}.png")
"""
    known = "from annotation.models import Image; print(sorted(Image.objects.values_list('shown_otherwise', flat=True)))"
    with own_database(tmp_path) as database:
        manage(tmp_path, database, "shell", "-v0", "-c", setup)
        manage(tmp_path, database, "migrate", "annotation", "0063")
        manage(tmp_path, database, "migrate")
        assert manage(tmp_path, database, "shell", "-v0", "-c", known).strip() == "['', 'no', 'turned']"
