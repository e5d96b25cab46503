"""The study that the benches of scoring measure: 20,103 responses, two of them with 50 images, and work that was done elsewhere.

Each query has one response, or as many as the bench says: many clusters and few.
"""

import csv
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from tests.installation import ROOT, RUBRICS, Installation, installation

ITEMS = 20_103
WITH_IMAGES = 2  # the first responses
RATED = ("text_quality", "method_quality", "creativity")
OF_IMAGES = ("image_quality", "text_image_coherence", "stylistic_consistency")


@contextmanager
def study(per_query: int = 1) -> Iterator[Installation]:
    """Served, with the project "bench" loaded and nobody in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = write_items(folder, per_query)
        with installation(folder / "data") as made:
            made.manage("load_rubric", *RUBRICS)
            made.manage("create_project", "bench", "--rubric", "mmie-pbl")
            made.manage("load_items", str(file), "--project", "bench")
            yield made


def write_items(folder: Path, per_query: int) -> Path:
    names = [f"{number}.png" for number in range(100)]
    for number, name in enumerate(names):
        Image.new("RGB", (64, 48), (number, 128, 160)).save(folder / name)
    records = [
        {**named(number, per_query), "question": [{"text": f"Q {number // per_query}"}], "answer": [{"text": f"A {number}"}]}
        for number in range(ITEMS)
    ]
    for index in range(WITH_IMAGES):
        records[index]["answer"] = [{"text": "step", "image": name} for name in names[50 * index : 50 * index + 50]]
    file = folder / "items.json"
    file.write_text(json.dumps(records))
    return file


def named(number: int, per_query: int) -> dict[str, str]:
    return {"id": f"PBL-{number // per_query}", "model": f"s{number % per_query}"}


def import_half(made: Installation, people: list[str], per_query: int) -> None:
    """Take in every second judgement of three by each response, by these people in turn: of tasks anywhere in the order."""
    file = Path(made.environment["DATA_DIR"], "half.csv")
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "model", "annotator", "criterion", "score"])
        for number in range(WITH_IMAGES, ITEMS):
            for slot in range(number % 2, 3, 2):
                name = people[(number + slot * len(people) // 3) % len(people)]
                values = dict.fromkeys(RATED, 1 + (number + slot) % 6) | dict.fromkeys(OF_IMAGES, "na")
                writer.writerows([*named(number, per_query).values(), name, *score] for score in values.items())
    made.manage("load_scores", str(file), "--project", "bench")


def in_shell(made: Installation, code: str) -> None:
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=ROOT, env=made.environment, check=True)


class Client:
    """One kept connection, one token."""

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        self.connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
        self.headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}

    def post(self, path: str, body: Any = None) -> tuple[float, Any]:
        """Milliseconds, and what came back."""
        start = time.perf_counter()
        status, content = self.send("POST", path, body)
        took = (time.perf_counter() - start) * 1000
        assert status in (200, 201), content
        return took, json.loads(content)

    def send(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """The status, and what came back."""
        self.connection.request(method, path, None if body is None else json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def cycle(self) -> tuple[float, float]:
        """Claim a response and submit a judgement of it: the milliseconds of each."""
        claimed, claim = self.post("/api/v1/projects/bench/claim/")
        scores = {item["key"]: 4 for item in claim["rubric"]["criteria"] if item["kind"] == "rated" and item["na"] == "never"}
        scores |= {item["key"]: "na" for item in claim["rubric"]["criteria"] if item.get("na", "never") != "never"}
        if any(found["image"] for found in claim["response"]["blocks"]):
            scores = dict.fromkeys(scores, 4)
        submitted, _answer = self.post(f"/api/v1/assignments/{claim['assignment']['id']}/submit/", {"scores": scores})
        return claimed, submitted


def show(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    print(f"  {what:<28} median {statistics.median(ordered):6.1f} ms   95 % {ordered[int(len(ordered) * 0.95)]:6.1f} ms")
