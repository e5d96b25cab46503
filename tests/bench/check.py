"""The report on a scorer and the results of a study of 20,103 responses, through the database: computed, and cached.

The scorer's scores are the labels and noise of about a level, for every response, in three runs.
"""

from pathlib import Path

from tests.bench.report import judged_study
from tests.bench.study import in_shell

WRITTEN = """
import csv, random
from annotation.flow.labels import labels
from annotation.models import Project
random.seed(0)
with open({file!r}, "w", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(["id", "model", "run", "score"])
    for label in labels(Project.objects.get()):
        quality = 3.0 if label.overall is None else float(label.overall)
        for run in (1, 2, 3):
            writer.writerow([label.task.query, label.task.system, run, min(6, max(0, round(random.gauss(quality, 1))))])
"""
TIMED = """
import time
from pathlib import Path
from django.core.cache import cache
from django.test import Client
from annotation.flow.check import check_scorer, scorer_report
from annotation.flow.results import results_report
from annotation.models import Project, Scorer, User
project = Project.objects.get()
lea = Client(headers={{"host": "127.0.0.1"}})
lea.force_login(User.objects.get(username="lea"))

def timed(what, act):
    start, busy = time.perf_counter(), time.process_time()
    act()
    took, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"  {{what:<60}} {{took:6.2f}} s, of the processors {{busy:6.2f}} s", flush=True)

def opened(address):
    assert lea.get(address).status_code == 200

timed("the file checked and kept", lambda: check_scorer(path=Path({file!r}), project=project, scorer="near", split="all"))
scorer = Scorer.objects.get()
lea.get("/")  # imports
pages = {{
    "page of the scorer": f"/projects/bench/scorers/{{scorer.pk}}/?split=all",
    "list of scorers": "/projects/bench/scorers/?split=all",
    "results": "/projects/bench/results/",
    "results with the scorer": "/projects/bench/results/?scorer=near",
}}
cache.clear()
timed("report of the scorer, from the database", lambda: scorer_report(scorer, split="all"))
cache.clear()
timed("report of results, from the database", lambda: results_report(project))
for name, address in pages.items():
    cache.clear()
    for when in ("first opened", "opened again"):
        timed(f"{{name}}, {{when}}", lambda: opened(address))
"""


def check() -> None:
    print("scorer and results, 20,103 responses x 3 annotators x 6 criteria, four responses to a query, three runs of the scorer")
    with judged_study() as installed:
        file = str(Path(installed.environment["DATA_DIR"]) / "scorer.csv")
        in_shell(installed, WRITTEN.format(file=file))
        in_shell(installed, TIMED.format(file=file))
