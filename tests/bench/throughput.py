"""Claim and submit by 8 annotators at once: cycles a second, and what one costs.

Of a study in which nobody has done anything, of one whose slots are half done here, and of one half of whose judgements were
made elsewhere and loaded; with one response to a query, and with four. Each annotator is a process with a kept connection. Half
of them took part in what is done, half begin. The seconds of CPU are read from /proc, so that a figure from a busy machine can
be judged.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from tests.bench.study import Client, import_half, in_shell, show, study
from tests.installation import Installation

SECONDS = 20
BEFORE, NOW = 12, 8  # so many annotators did the first half; so many score, 4 of them the same people
PEOPLE = [f"a{number}" for number in range(BEFORE + NOW // 2)]
HALF_DONE = f"""
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from annotation.flow.score.submission import read
from annotation.flow.score.store import NewRevision, store_submissions
from annotation.models import Annotation, Assignment, Revision, Score, User
from annotation.sql.analyze import analyze
from rubrics.cache import complete_rubric
people, now = [User.objects.get(username=name) for name in {PEOPLE[:BEFORE]}], timezone.now()
slots = Assignment.objects.filter(project__slug="bench").select_related("task__response__query", "task__rubric")
half = list(slots.order_by("position")[: slots.count() // 2])
for start in range(0, len(half), 900):
    sent = []
    with transaction.atomic():
        for slot in half[start : start + 900]:
            rubric = slot.task.rubric = complete_rubric(slot.task.rubric)
            scores = {{item.key: 1 + (slot.pk + item.pk) % 6 for item in rubric.criteria.all() if item.is_rated}}
            by = people[(slot.task_id + slot.number * {BEFORE // 3}) % {BEFORE}]
            slot.annotator, slot.claimed_at, slot.submitted_at = by, now - timedelta(minutes=1), now
            sent.append(NewRevision(slot, by, read(slot.task, {{"scores": scores}}, complete=True), now))
        Assignment.objects.bulk_update([one.slot for one in sent], ["annotator", "claimed_at", "submitted_at"])
        store_submissions(sent)
analyze(Assignment, Annotation, Revision, Score)  # as autovacuum does within a minute; the bench's own PostgreSQL has it off
"""


def nothing(made: Installation, per_query: int) -> None:
    """What a study begins with."""


def half_done(made: Installation, per_query: int) -> None:
    in_shell(made, HALF_DONE)


def half_imported(made: Installation, per_query: int) -> None:
    import_half(made, PEOPLE[:BEFORE], per_query)


SHAPES: list[tuple[str, int, Callable[[Installation, int], None]]] = [
    ("nothing done, one response a query", 1, nothing),
    ("half done here, one response a query", 1, half_done),
    ("half imported, one response a query", 1, half_imported),
    ("half done here, four responses a query", 4, half_done),
    ("half imported, four responses a query", 4, half_imported),
]


def throughput() -> None:
    for name, per_query, work in SHAPES:
        print(f" {name}", flush=True)
        with study(per_query) as made:
            tokens = made.tokens("bench", dict.fromkeys(PEOPLE, "annotator"))
            work(made, per_query)
            measure(made, tokens[-NOW:])


def measure(made: Installation, tokens: list[str]) -> None:
    before = cpu_of(made)
    started = time.time() + 3  # when each client is there
    with ProcessPoolExecutor(NOW, mp_context=get_context("fork")) as pool:
        results = list(pool.map(score_for_a_while, [replace(made, servers=[])] * NOW, tokens, [started] * NOW))
    cycles = sum(len(done) for done, _cpu in results)
    print(f"  {NOW} annotators at once {cycles / SECONDS:18.1f} cycles a second")
    for place, what in enumerate(("claim", "submit")):
        show(f"{what}, {NOW} at once", [times[place] for done, _cpu in results for times in done])
    used = {name: after - before.get(name, 0) for name, after in cpu_of(made).items()}
    used["clients"] = sum(cpu for _done, cpu in results)
    print("  CPU of a cycle  " + "   ".join(f"{name} {1000 * seconds / cycles:.1f} ms" for name, seconds in used.items()))


def score_for_a_while(made: Installation, token: str, start: float) -> tuple[list[tuple[float, float]], float]:
    """The milliseconds of claim and submit of each cycle, and the seconds of CPU of this client."""
    client, done = Client(made.url, token), []
    time.sleep(max(0, start - time.time()))
    before = time.process_time()
    while time.time() < start + SECONDS:
        done.append(client.cycle())
    return done, time.process_time() - before


def cpu_of(made: Installation) -> dict[str, float]:
    """Seconds of CPU so far: of gunicorn's workers, and of PostgreSQL's processes for this database."""
    seconds = {"server": 0.0}
    database = made.environment.get("DATABASE_URL", "/").rpartition("/")[2]
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended while we looked
            state = (process / "stat").read_text().rpartition(")")[2].split()
            used = (int(state[11]) + int(state[12])) / os.sysconf("SC_CLK_TCK")
            if int(state[1]) == made.server:
                seconds["server"] += used
            elif database and f" {database} " in (process / "cmdline").read_text(errors="replace"):
                seconds["database"] = seconds.get("database", 0.0) + used
    return seconds
