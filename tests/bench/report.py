"""The agreement report of 20,103 responses x 6 criteria, each judged by three: computed, and cached.

Of few clusters and annotators, as of four systems and three people; and of many, as of one system and twelve people.
"""

import csv
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image

from tests.bench.agreement import PER_QUERY, RESPONSES, SCALE, some_ratings
from tests.bench.study import in_shell
from tests.installation import RUBRICS, Installation, installation

CRITERIA = ("text_quality", "image_quality", "text_image_coherence", "method_quality", "creativity", "stylistic_consistency")
ANNOTATORS = ("ana", "bo", "chen")
TWELVE = tuple(f"a{number}" for number in range(12))
JUDGED = 3  # times each response
SYSTEMS = [f"system-{number}" for number in range(PER_QUERY)]
TIMED = """
import resource, time
from django.test import Client
from annotation.flow import adjudicate
from annotation.flow.agree import agreement_report
from annotation.flow.judgements import rating_matrices
from annotation.flow.labels import count_labels, labels
from annotation.models import Project, User
project = Project.objects.get()
lea = Client(headers={"host": "127.0.0.1"})
lea.force_login(User.objects.get(username="lea"))

def timed(what, act):
    start, busy = time.perf_counter(), time.process_time()
    act()
    took, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"  {what:<52} {took:6.2f} s, of the processors {busy:6.2f} s")

agreement_report(project, resamples=None)  # imports, and the rubric
from django.core.cache import cache
cache.clear()
timed("whole report with intervals, from the database", lambda: agreement_report(project))
timed("the same again, cached", lambda: agreement_report(project))
cache.clear()
timed("of it the rating matrices, from the database", lambda: rating_matrices(project))
cache.clear()
timed("by system, from the database", lambda: agreement_report(project, ["system"]))
for by in ("field", "week", "system,field"):
    timed("by " + by + ", all that is not grouped cached", lambda: agreement_report(project, by.split(",")))
timed("counts of labels, from the database", lambda: count_labels(project))
timed("counts of labels, cached", lambda: count_labels(project))
timed("the labels themselves, from the database", lambda: labels(project))
timed("the adjudication queue", lambda: adjudicate.read_queue(project))
for path in ("agreement/", "agreement/", "agreement/annotators/", "responses/?criterion=creativity", "releases/", ""):
    timed("page /projects/bench/" + path, lambda: lea.get("/projects/bench/" + path))
print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
"""


@contextmanager
def judged_study(per_query: int = PER_QUERY, annotators: Sequence[str] = ANNOTATORS) -> Iterator[Installation]:
    """Everything judged by three of the annotators; lea manages it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_items(folder / "items.jsonl", per_query)
        write_scores(folder / "scores.csv", per_query, annotators)
        with installation(folder / "data") as installed:
            installed.manage("load_rubric", *RUBRICS)
            installed.manage("create_project", "bench", "--rubric", "mmie-pbl")
            installed.manage("load_items", str(folder / "items.jsonl"), "--project", "bench")
            installed.manage("load_scores", str(folder / "scores.csv"), "--project", "bench")
            installed.manage("add_member", "lea", "--project", "bench", "--role", "manager", "--create")
            yield installed


def write_items(file: Path, per_query: int = PER_QUERY) -> None:
    """Each response has a picture, so that all criteria are applicable."""
    Image.new("RGB", (64, 48), "teal").save(file.with_name("picture.png"))
    with file.open("w") as out:
        for number in range(RESPONSES):
            query = number // per_query
            record = {
                "id": f"PBL-{query:05}",
                "model": SYSTEMS[number % per_query],
                "field": f"field {query % 12}",
                "question": [{"text": f"What of {query}? " * 20}],
                "answer": [{"text": f"It is {number}. " * 40, "image": "picture.png"}],
            }
            out.write(json.dumps(record) + "\n")


def write_scores(file: Path, per_query: int, annotators: Sequence[str]) -> None:
    """Each response is judged by three people a third of the annotators apart, so that everybody meets others."""
    ratings = {key: np.nan_to_num(some_ratings(RESPONSES, JUDGED, len(SCALE), seed), nan=3) for seed, key in enumerate(CRITERIA)}
    first = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "model", "annotator", "criterion", "score", "submitted_at", "active_seconds"])
        for number in range(RESPONSES):
            at = (first + timedelta(minutes=number)).isoformat()
            where = (f"PBL-{number // per_query:05}", SYSTEMS[number % per_query])
            for row in range(JUDGED):
                name = annotators[(number + row * len(annotators) // JUDGED) % len(annotators)]
                for key, levels in ratings.items():
                    writer.writerow([*where, name, key, int(levels[row, number]), at, 60 + number % 90])


def reports() -> None:
    for per_query, annotators in ((PER_QUERY, ANNOTATORS), (1, TWELVE)):
        print(
            f"agreement report, {RESPONSES:,} responses x {len(CRITERIA)} criteria, judged {JUDGED} times each by "
            f"{len(annotators)} annotators, {per_query} to a query",
            flush=True,
        )
        with judged_study(per_query, annotators) as installed:
            in_shell(installed, TIMED)
