"""20,103 responses x 3 annotators with about 5,000 disputes: the queue, the lists, a claim, and opening and deciding a case."""

import csv
import tempfile
from pathlib import Path

from tests.bench.agreement import PER_QUERY, RESPONSES
from tests.bench.report import ANNOTATORS, CRITERIA, SYSTEMS, write_items
from tests.bench.study import in_shell
from tests.installation import RUBRICS, installation

EVERY = 4  # one response of so many is in dispute
DECIDED = 60  # cases, before the times are taken
TIMED = """
import statistics, time
from django.core.cache import cache
from django.test import Client
from annotation.flow import adjudicate
from annotation.models import Adjudication, Project, User
project = Project.objects.get()
ada, lea = (User.objects.get(username=name) for name in ("ada", "lea"))
clients = {}
for user in (ada, lea):
    clients[user.username] = Client(headers={"host": "127.0.0.1"})
    clients[user.username].force_login(user)

def timed(what, act, times=9):
    taken, busy = [], []
    for _time in range(times):
        start, cpu = time.perf_counter(), time.process_time()
        act()
        taken.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - cpu) * 1000)
    of_processor = f"of the processor {statistics.median(busy):7.1f} ms"
    print(f"  {what:<60} median {statistics.median(taken):7.1f} ms   {of_processor}   most {max(taken):7.1f} ms")

def decide_one():
    opened = clients["ada"].post("/api/v1/projects/bench/adjudicate/").json()
    kinds = {item["key"]: item["kind"] for item in opened["rubric"]["criteria"]}
    case = opened["adjudication"]
    address = f"/api/v1/adjudications/{case['id']}/"
    scores = {key: 3 if kinds[key] == "rated" else False for key in case["criteria"]}
    send = lambda path, body: clients["ada"].post(address + path, body, content_type="application/json")
    steps = [("scored blind", lambda: send("unseen/", {"answers": scores})),
             ("decided", lambda: send("decide/", {"decisions": {
                 key: {"score": score, "cause": "slip", "reason": "A slip."} for key, score in scores.items()}}))]
    return address, steps

cache.clear()
timed("queue from the database, once", lambda: adjudicate.read_queue(project), times=1)
print(f"  {len(adjudicate.read_queue(project)):,} wait")
for _case in range(%d):
    for _what, step in decide_one()[1]:
        assert step().status_code in (200, 201)
timed("queue, nothing changed", lambda: adjudicate.read_queue(project))
for who in ("lea", "ada"):
    for path in ("", "?criterion=creativity&sort=-since", "?page=40"):
        timed(f"API list of {who} {path}", lambda: clients[who].get("/api/v1/projects/bench/adjudications/" + path))
pages = ("adjudication/list/", "adjudication/list/?state=decided", "adjudication/lessons/")
for who, paths in {"lea": (*pages, "responses/?label=disputed", "rules/"), "ada": pages}.items():
    for path in paths:
        address = "/projects/bench/" + path
        timed(f"first page {who} {path}", lambda: clients[who].get(address), times=1)
        timed(f"page {who} {path}", lambda: clients[who].get(address))
times = {}
for _case in range(20):
    start = time.perf_counter()
    address, steps = decide_one()
    times.setdefault("claimed and opened", []).append((time.perf_counter() - start) * 1000)
    acts = [("opened again", lambda: clients["ada"].get(address)),
            ("opened as a page", lambda: clients["ada"].get(address.removeprefix("/api/v1")))]
    for what, act in [*acts, steps[0], ("opened after the reveal", acts[0][1]), acts[1], steps[1]]:
        start = time.perf_counter()
        assert act().status_code in (200, 201), what
        times.setdefault(what, []).append((time.perf_counter() - start) * 1000)
    start = time.perf_counter()
    clients["lea"].get("/api/v1/projects/bench/adjudications/")
    times.setdefault("API list of lea after a decision", []).append((time.perf_counter() - start) * 1000)
    start = time.perf_counter()
    clients["ada"].get("/projects/bench/adjudication/")
    times.setdefault("page of the queue", []).append((time.perf_counter() - start) * 1000)
for what, taken in times.items():
    print(f"  {what:<60} median {statistics.median(taken):7.1f} ms   most {max(taken):7.1f} ms")
"""


def write_scores(file: Path) -> None:
    """One criterion in dispute in one response of EVERY, 1 apart elsewhere."""
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "model", "annotator", "criterion", "score"])
        for number in range(RESPONSES):
            where = (f"PBL-{number // PER_QUERY:05}", SYSTEMS[number % PER_QUERY])
            disputed = CRITERIA[number // EVERY % len(CRITERIA)] if number % EVERY == 0 else ""
            for row, name in enumerate(ANNOTATORS):
                for key in CRITERIA:
                    score = (1, 2, 6)[row] if key == disputed else (3, 4, 4)[row]
                    rows.writerow([*where, name, key, score])


def adjudication() -> None:
    print(f"adjudication, {RESPONSES:,} responses x 3 annotators x 6 criteria, one of {EVERY} in dispute")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_items(folder / "items.jsonl")
        write_scores(folder / "scores.csv")
        with installation(folder / "data") as made:
            made.manage("load_rubric", *RUBRICS)
            made.manage("create_project", "bench", "--rubric", "mmie-pbl")
            made.manage("load_items", str(folder / "items.jsonl"), "--project", "bench")
            made.manage("load_scores", str(folder / "scores.csv"), "--project", "bench")
            for person, role in (("lea", "manager"), ("ada", "adjudicator")):
                made.manage("add_member", person, "--project", "bench", "--role", role, "--create")
            in_shell(made, TIMED % DECIDED)
