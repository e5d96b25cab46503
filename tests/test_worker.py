"""The worker as a process: it is killed in the middle of a job, which is found, ended and tried again."""

import json
import signal
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.factories import record
from tests.installation import ROOT, RUBRICS, Installation, command, installation

RECORDS = 2_500  # enough to be met in the middle, and the two tests load them three times


def worker(made: Installation, *arguments: str) -> "subprocess.Popen[bytes]":
    working = command("worker", "--interval", "0.1", *arguments)
    return subprocess.Popen(working, cwd=ROOT, env=made.environment, stderr=subprocess.DEVNULL)


def upload(made: Installation, token: str, content: bytes, *, project: str = "pilot") -> Any:
    boundary = uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="items.json"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    headers = {"Authorization": f"Token {token}", "Content-Type": f"multipart/form-data; boundary={boundary}"}
    request = urllib.request.Request(f"{made.url}/api/v1/projects/{project}/items/", body, headers)
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 202
        return json.loads(answer.read())


def wait_for(made: Installation, token: str, job: int, *states: str) -> Any:
    for _attempt in range(600):
        answer = made.api("GET", f"/api/v1/jobs/{job}/", token).json()
        if answer["state"] in states:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"the job is {answer['state']}")


def test_a_killed_workers_job_is_found_ended_and_tried_again(tmp_path: Path) -> None:
    content = json.dumps([record(number) for number in range(RECORDS)]).encode()
    with installation(tmp_path / "data") as made:
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "pilot", "--rubric", "mmie-pbl")
        add = ("add_member", "lea", "--project", "pilot", "--role", "manager", "--create", "--token")
        token = made.manage(*add)["token"]
        job = upload(made, token, content)["id"]
        victim = worker(made)
        wait_for(made, token, job, "running", "done")
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        assert made.api("GET", f"/api/v1/jobs/{job}/", token).json()["state"] == "running"
        let_the_lease_run_out(made)
        assert made.api("GET", f"/api/v1/jobs/{job}/", token).json()["state"] == "lost"
        assert made.manage("clean")["lost_jobs"] == 1
        assert made.api("POST", f"/api/v1/jobs/{job}/retry/", token).json()["attempt"] == 2
        helper = worker(made)
        done = wait_for(made, token, job, "done", "refused", "failed")
        assert made.run(CLEANING) == ["clean"]  # which a worker does once a day
        helper.terminate()
        assert helper.wait(timeout=30) == 0
        assert (done["state"], done["report"]["responses"] + done["report"]["skipped"]) == ("done", RECORDS)
        assert not list(Path(made.environment["DATA_DIR"], "images", "uploads").iterdir())


CLEANING = """
import json, time
from annotation.models import Maintenance
for _attempt in range(200):
    if begun := list(Maintenance.objects.values_list("work", flat=True)):
        break
    time.sleep(0.05)
print(json.dumps(begun))
"""


def let_the_lease_run_out(made: Installation) -> None:
    made.run(
        "from annotation.models import Job; from django.utils import timezone; "
        "print(Job.objects.filter(ended_at=None).update(lease_expires_at=timezone.now()))"
    )


def test_a_worker_that_is_asked_to_stop_finishes_its_job_and_takes_no_other(tmp_path: Path) -> None:
    content = json.dumps([record(number) for number in range(RECORDS)]).encode()
    with installation(tmp_path / "data") as made:
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "pilot", "--rubric", "mmie-pbl")
        add = ("add_member", "lea", "--project", "pilot", "--role", "manager", "--create", "--token")
        token = made.manage(*add)["token"]
        first, second = (upload(made, token, content)["id"] for _job in "ab")
        process = worker(made)
        wait_for(made, token, first, "running")
        process.terminate()
        assert process.wait(timeout=120) == 0
        states = [made.api("GET", f"/api/v1/jobs/{job}/", token).json()["state"] for job in (first, second)]
        assert states == ["done", "waiting"]
