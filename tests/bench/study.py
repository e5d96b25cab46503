"""The study that the benches of scoring measure: 20,103 queries with one response each, two of them with 50 images."""

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


@contextmanager
def study() -> Iterator[Installation]:
    """Served, with the project "bench" loaded and nobody in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = write_items(folder)
        with installation(folder / "data") as made:
            made.manage("load_rubric", *RUBRICS)
            made.manage("create_project", "bench", "--rubric", "mmie-pbl")
            made.manage("load_items", str(file), "--project", "bench")
            yield made


def write_items(folder: Path) -> Path:
    names = [f"{number}.png" for number in range(100)]
    for number, name in enumerate(names):
        Image.new("RGB", (64, 48), (number, 128, 160)).save(folder / name)
    records = [
        {"id": f"PBL-{number}", "model": "s", "question": [{"text": f"Q {number}"}], "answer": [{"text": f"A {number}"}]}
        for number in range(ITEMS)
    ]
    for index in (0, 1):
        records[index]["answer"] = [{"text": "step", "image": name} for name in names[50 * index : 50 * index + 50]]
    file = folder / "items.json"
    file.write_text(json.dumps(records))
    return file


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
