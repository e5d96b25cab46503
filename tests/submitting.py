"""Annotators by script who lose nothing: each request is sent again until it is taken, as the annotator's page does.

What they were told is noted, so that it can be held against the database in the end.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.installation import Installation

# By one process, where commands would be several.
STUDY = """
import json, os
from pathlib import Path
from annotation.flow.accounts.tokens import new_token
from annotation.flow.load.items import load_items
from annotation.flow.setup.projects import add_member, create_project
from rubrics.versioning import load
from rubrics.yaml import read
load(content=read(Path("fixtures/rubrics/mmie-pbl.yaml")))
project = create_project(slug="study", rubrics=["mmie-pbl"], title="Study", overlap=int(os.environ["OVERLAP"]))
load_items(path=Path(os.environ["ITEMS"]), project=project)
names = [f"a{number}" for number in range(int(os.environ["PEOPLE"]))]
made = [add_member(username=name, project=project, role="annotator", create=True) for name in names]
print(json.dumps([new_token(user=membership.user, days=1) for membership in made]))
"""
SUBMITTED = """
import json
from annotation.models import Annotation, Draft, Revision
print(json.dumps({
    "feedback": list(Revision.objects.values_list("feedback", flat=True)),
    "annotations": Annotation.objects.count(),
    "drafts": list(Draft.objects.values_list("annotator__username", "content__feedback")),
}))
"""


def fill_study(made: Installation, folder: Path, *, items: int, overlap: int, people: int) -> list[str]:
    """The project "study" with so many responses; the tokens of its annotators."""
    records = [a_record(number) for number in range(items)]
    (folder / "items.json").write_text(json.dumps(records))
    values = {"ITEMS": str(folder / "items.json"), "OVERLAP": str(overlap), "PEOPLE": str(people)}
    return list(made.run(STUDY, **values))


def a_record(number: int, image: str | None = None) -> dict[str, Any]:
    """Made without Django, which the benches do not set up."""
    question, answer = {"text": f"Question {number}", "image": None}, {"text": f"Answer {number}", "image": image}
    return {"id": f"PBL-{number:04}", "model": "system-a", "question": [question], "answer": [answer]}


@dataclass
class Annotator:
    """Claims, saves drafts and submits, one request after the other; each submission has words of its own."""

    made: Installation
    name: str
    token: str
    told: list[tuple[int, float]] = field(default_factory=list)  # status, 0 without an answer, and seconds, of each request
    unusual: list[str] = field(default_factory=list)  # answers that are no success and no outage
    submitted: list[str] = field(default_factory=list)  # the words of what was acknowledged
    draft: str = ""  # the words of the newest that was acknowledged

    def ask(self, method: str, path: str, body: Any = None, key: str = "") -> tuple[int, Any]:
        """The status, and the JSON; status 0 without an answer."""
        parts = urlsplit(self.made.url)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
        headers = {"Authorization": f"Token {self.token}", "Content-Type": "application/json", "Idempotency-Key": key}
        start, status, content, retry = time.monotonic(), 0, b"", None
        with suppress(OSError, http.client.HTTPException):
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            content, retry = answer.read(), answer.headers["Retry-After"]
            status = answer.status
        connection.close()
        self.told.append((status, time.monotonic() - start))
        if status in (503, 507) and not (retry and json.loads(content)["detail"]):
            self.unusual.append(f"{method} {path}: {status} without words or time")
        if status not in (0, 200, 201, 204, 503, 507):
            self.unusual.append(f"{method} {path}: {status} {content[:300]!r}")
        return status, json.loads(content) if content and status in (200, 201) else None

    def insist(self, method: str, path: str, body: Any = None, key: str = "") -> tuple[int, Any]:
        """Until it is taken."""
        while True:
            status, content = self.ask(method, path, body, key)
            if status in (200, 201, 204):
                return status, content
            if self.unusual:
                raise AssertionError(self.unusual)
            time.sleep(random.uniform(0.05, 0.3) if not status else random.uniform(0.5, 1.5))

    def judge_one(self, *, drafts: int = 1) -> bool:
        """Whether there was something to judge."""
        status, claim = self.insist("POST", "/api/v1/projects/study/claim/")
        if status == 204:
            return False
        path = f"/api/v1/assignments/{claim['assignment']['id']}"
        scores = {item["key"]: 4 for item in claim["rubric"]["criteria"] if item["kind"] == "rated"}
        scores |= {item["key"]: "na" for item in claim["rubric"]["criteria"] if item.get("na") == "when_no_response_image"}
        words = f"{self.name} {len(self.submitted)}"
        for number in range(drafts):
            body = {"scores": scores, "penalties": [], "feedback": f"{words}, draft {number}", "active_seconds": number}
            self.insist("PUT", f"{path}/draft/", body)
            self.draft = str(body["feedback"])
        self.insist("POST", f"{path}/submit/", {"scores": scores, "feedback": words}, key=words)
        self.submitted.append(words)
        self.draft = ""
        return True


def judge_at_once(annotators: list[Annotator], *, until: Any) -> None:
    """All of them, until `until()` is true or nothing is left."""

    def work(annotator: Annotator) -> None:
        while not until() and annotator.judge_one():
            pass

    with ThreadPoolExecutor(len(annotators)) as pool:
        list(pool.map(work, annotators))


def check_nothing_lost(made: Installation, annotators: list[Annotator]) -> None:
    """Each acknowledged submission is there once, and nothing besides."""
    stored = made.run(SUBMITTED)
    acknowledged = Counter(words for annotator in annotators for words in annotator.submitted)
    assert Counter(stored["feedback"]) == acknowledged
    assert stored["annotations"] == len(acknowledged) == acknowledged.total()
    assert [annotator.unusual for annotator in annotators] == [[]] * len(annotators)


@contextmanager
def web_workers_killed(made: Installation, *, every: float, most: int, kills: list[int]) -> Iterator[None]:
    """Kill one of gunicorn's workers again and again, whatever it is doing; `kills` has their process ids."""
    ended = threading.Event()

    def kill() -> None:
        while len(kills) < most and not ended.wait(random.uniform(0, 2 * every)):
            workers = subprocess.run(["pgrep", "-P", str(made.server)], capture_output=True, text=True).stdout.split()
            if workers:
                kills.append(int(random.choice(workers)))
                with suppress(ProcessLookupError):
                    os.kill(kills[-1], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        ended.set()
        killer.join()


def told(annotators: list[Annotator]) -> str:
    """How often each status, and the longest time to it."""
    answers = [one for annotator in annotators for one in annotator.told]
    counts = Counter(status for status, _seconds in answers)
    longest = {status: max(seconds for other, seconds in answers if other == status) for status in counts}
    return ", ".join(f"{status or 'no answer'}: {counts[status]} (at most {longest[status]:.1f} s)" for status in sorted(counts))
