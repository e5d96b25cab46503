"""A backup that is made while annotators submit: restored elsewhere it has all that was acknowledged before it."""

import json
import subprocess
import zipfile
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from threading import Event

from annotation.flow.backup.verify import verify
from tests.backups import elsewhere, files, manage, tables, with_programs
from tests.factories import block, png, record
from tests.installation import ROOT, RUBRICS, Installation, command, installation

CLIENTS = 4
PAUSE = 0.05  # seconds between two submissions of one client, so that there is work until the backup is made
RECORDS = 1_500


@dataclass(frozen=True)
class Acknowledged:
    annotation: tuple[str, str]  # who, and which response
    at: datetime


def annotate(made: Installation, token: str, name: str, stop: Event, acknowledged: list[Acknowledged]) -> None:
    """Claim and submit until asked to stop."""
    while not stop.is_set():
        claim = made.api("POST", "/api/v1/projects/pilot/claim/", token).json()
        rated = [criterion for criterion in claim["rubric"]["criteria"] if criterion["kind"] == "rated"]
        scores = {criterion["key"]: 1 + claim["assignment"]["id"] % 6 for criterion in rated}
        sent = made.api("POST", f"/api/v1/assignments/{claim['assignment']['id']}/submit/", token, {"scores": scores})
        assert sent.status == 201, sent.body
        acknowledged.append(Acknowledged((name, claim["query"]["id"]), datetime.now(UTC)))
        stop.wait(PAUSE)


def wait_for_more(acknowledged: list[Acknowledged], working: list[Future[None]]) -> None:
    """Until all of them together have submitted as many again as they are; whoever ended says why."""
    enough = len(acknowledged) + CLIENTS
    while len(acknowledged) < enough:
        for ended in wait(working, timeout=PAUSE).done:
            ended.result()


SUBMITTED = """
import json
from annotation.models import Annotation
print(json.dumps(list(Annotation.objects.values_list("annotator__username", "task__response__query__external_id"))))
"""
# What is never changed: of these tables each row of the backup is one of the installation's, as it is there.
UNCHANGING = ("annotation_revision", "annotation_score", "annotation_event", "annotation_image", "annotation_response")


def prepare(made: Installation, folder: Path) -> None:
    """A project of responses with images."""
    pictures = {f"{colour}.png": png(colour) for colour in ("red", "green", "blue")}
    records = [record(number, answer=[block("Look.", name)]) for number, name in zip(range(RECORDS), cycle(pictures))]
    with zipfile.ZipFile(folder / "items.zip", "w") as archive:
        archive.writestr("items.json", json.dumps(records))
        for name, content in pictures.items():
            archive.writestr(name, content)
    made.manage("load_rubric", *RUBRICS)
    made.manage("create_project", "pilot", "--rubric", "mmie-pbl", "--overlap", str(CLIENTS))
    made.manage("load_items", str(folder / "items.zip"), "--project", "pilot")


def test_a_backup_under_load_has_all_that_was_acknowledged_before_it(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as made:
        environment = with_programs(made.environment)
        prepare(made, tmp_path)
        names = [f"a{number}" for number in range(CLIENTS)]
        tokens, stop = made.tokens("pilot", dict.fromkeys(names, "annotator")), Event()
        acknowledged: list[Acknowledged] = []
        with ThreadPoolExecutor(CLIENTS) as pool:
            working = [
                pool.submit(annotate, made, token, name, stop, acknowledged) for token, name in zip(tokens, names, strict=True)
            ]
            wait_for_more(acknowledged, working)
            cleaning = subprocess.Popen(command("clean"), cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
            told = manage(environment, "backup", str(tmp_path / "backup"), "--json")
            wait_for_more(acknowledged, working)
            stop.set()
            for client in working:
                client.result()
            assert cleaning.wait(timeout=60) == 0
        begun = datetime.fromisoformat(told["made_at"])
        before = {one.annotation for one in acknowledged if one.at < begun}
        assert min(len(before), len(acknowledged) - len(before)) > 0, "the backup was not made while they worked"
        assert verify(tmp_path / "backup") == []
        with elsewhere(tmp_path / "elsewhere") as restored:
            manage(restored, "restore", str(tmp_path / "backup"), "--json")
            submitted = {tuple(row) for row in manage(restored, "shell", "-v0", "-c", SUBMITTED)}
            assert before <= submitted <= {one.annotation for one in acknowledged}
            was, now = tables(restored), tables(environment)
            assert [name for name in UNCHANGING if not set(map(str, was[name])) <= set(map(str, now[name]))] == []
            assert files(tmp_path / "elsewhere") == files(tmp_path / "data")
            report = manage(restored, "agreement", "--project", "pilot", "--resamples", "0", "--json")
            rated = [row["ratings"] for row in report["groups"][0]["criteria"] if row["criterion"] == "text_quality"]
            assert rated == [len(submitted)]
