"""Claims and submissions at the size of MMIE: 20,103 queries with one response each, two of them with 50 images.

Over HTTP, one client on one connection, once by an annotator who begins and once by one who has done half.
"""

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from tests.installation import ROOT, RUBRICS, Installation, installation

ITEMS, CYCLES = 20_103, 200
HALF_DONE = """
from datetime import timedelta
from django.utils import timezone
from annotation.models import Assignment, User
user, now = User.objects.get(username="veteran"), timezone.now()
half = Assignment.objects.filter(project__slug="bench", number=1, annotator=None).order_by("position")
rows = list(half.values_list("pk", flat=True)[: half.count() // 2])
for start in range(0, len(rows), 900):
    Assignment.objects.filter(pk__in=rows[start : start + 900]).update(
        annotator=user, claimed_at=now, submitted_at=now, lease_expires_at=None)
"""


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


class Client:
    """One kept connection, one token."""

    def __init__(self, made: Installation, token: str) -> None:
        parts = urlsplit(made.url)
        self.connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
        self.headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}

    def post(self, path: str, body: Any = None) -> tuple[float, Any]:
        """Milliseconds, and what came back."""
        data = None if body is None else json.dumps(body)
        start = time.perf_counter()
        self.connection.request("POST", path, data, self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        took = (time.perf_counter() - start) * 1000
        assert answer.status in (200, 201), content
        return took, json.loads(content)


def cycles(made: Installation, token: str) -> tuple[list[float], list[float]]:
    client, claims, submits = Client(made, token), [], []
    for _cycle in range(CYCLES):
        took, claim = client.post("/api/v1/projects/bench/claim/")
        claims.append(took)
        scores = {item["key"]: 4 for item in claim["rubric"]["criteria"] if item["kind"] == "rated" and item["na"] == "never"}
        scores |= {item["key"]: "na" for item in claim["rubric"]["criteria"] if item.get("na", "never") != "never"}
        if any(found["image"] for found in claim["response"]["blocks"]):
            scores = dict.fromkeys(scores, 4)
        took, _answer = client.post(f"/api/v1/assignments/{claim['assignment']['id']}/submit/", {"scores": scores})
        submits.append(took)
    return claims, submits


def show(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    print(f"  {what:<28} median {statistics.median(ordered):6.1f} ms   95 % {ordered[int(len(ordered) * 0.95)]:6.1f} ms")


def claims_and_submissions() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = write_items(folder)
        with installation(folder / "data") as made:
            made.manage("load_rubric", *RUBRICS)
            made.manage("create_project", "bench", "--rubric", "mmie-pbl")
            made.manage("load_items", str(file), "--project", "bench")
            add = ("--project", "bench", "--role", "annotator", "--create", "--token")
            tokens = [made.manage("add_member", who, *add)["token"] for who in ("novice", "veteran")]
            subprocess.run(
                [sys.executable, "manage.py", "shell", "-v0", "-c", HALF_DONE], cwd=ROOT, env=made.environment, check=True
            )
            for who, token in zip(("who begins", "who has done half"), tokens, strict=True):
                claims, submits = cycles(made, token)
                show(f"claim, {who}", claims)
                show(f"submit, {who}", submits)
