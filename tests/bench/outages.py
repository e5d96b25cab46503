"""Web workers killed, PostgreSQL stopped at once and for a minute, a full disk: what annotators at work are told, and whether
anything is lost or there twice. Unlike the other benches these fail where something is.
"""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.installation import ROOT, Installation, command, free_port, installation
from tests.postgres import Server, own_server
from tests.submitting import Annotator, check_nothing_lost, fill_study, judge_at_once, told, web_workers_killed
from tests.test_releases import small_disk

SUBMISSIONS, CLIENTS, KILLS = 400, 6, 100
STOPS, AWAY, AT_WORK = 3, 60, 8  # times; seconds; annotators


def kills() -> None:
    """400 submissions by 6 clients, and 100 SIGKILLs of web workers meanwhile."""
    with tempfile.TemporaryDirectory() as name, installation(Path(name, "data")) as made:
        annotators = at_work(made, Path(name), CLIENTS)
        killed: list[int] = []
        with web_workers_killed(made, every=1.0, most=KILLS, kills=killed):
            judge_at_once(annotators, until=lambda: len(killed) == KILLS and submissions(annotators) >= SUBMISSIONS)
        report(f"{len(killed)} kills of web workers", made, annotators)


def stops() -> None:
    """400 submissions by 6 clients, and three immediate stops and starts of PostgreSQL meanwhile."""
    with on_own_server() as (made, database, folder):
        annotators = at_work(made, folder, CLIENTS)
        done: list[float] = []

        def stop_and_start() -> None:
            for number in range(1, STOPS + 1):
                while submissions(annotators) < number * SUBMISSIONS / (STOPS + 1):
                    time.sleep(0.05)
                database.stop()
                time.sleep(1)
                database.start()
                done.append(time.monotonic())

        stopping = threading.Thread(target=stop_and_start)
        stopping.start()
        judge_at_once(annotators, until=lambda: len(done) == STOPS and submissions(annotators) >= SUBMISSIONS)
        stopping.join()
        report(f"{len(done)} immediate stops of PostgreSQL", made, annotators)


def away() -> None:
    """PostgreSQL stopped for 60 seconds while 8 annotators save drafts."""
    with on_own_server() as (made, database, folder):
        annotators = at_work(made, folder, AT_WORK)
        started = time.monotonic()
        back: list[float] = []

        def stop_for_a_while() -> None:
            time.sleep(10)
            database.stop()
            time.sleep(AWAY)
            database.start()
            back.append(time.monotonic())

        stopping = threading.Thread(target=stop_for_a_while)
        stopping.start()
        judge_at_once(annotators, until=lambda: back and time.monotonic() > back[0] + 10)
        stopping.join()
        print(f"  {time.monotonic() - started:.0f} s of work, of which PostgreSQL was away {AWAY}")
        report(f"PostgreSQL away for {AWAY} s", made, annotators)
        slowest = max(seconds for annotator in annotators for _status, seconds in annotator.told)
        assert slowest < 5, f"an answer took {slowest:.1f} s"
        assert not any(status == 0 for annotator in annotators for status, _seconds in annotator.told)


def full() -> None:
    """The disk of SQLite full for a while, at work of 6 clients. It needs the right to mount."""
    with tempfile.TemporaryDirectory() as name, small_disk(Path(name, "data"), 120 * 1024):
        folder = Path(name)
        if "DATABASE_URL" in os.environ:
            print("  on SQLite only")
            return
        with installation(folder / "data") as made:
            annotators = at_work(made, folder, CLIENTS)
            freed: list[float] = []

            def fill_and_free() -> None:
                time.sleep(5)
                filler = folder / "data" / "filler"
                subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=4k"], stderr=subprocess.DEVNULL, check=False)
                time.sleep(15)
                filler.unlink()
                freed.append(time.monotonic())

            filling = threading.Thread(target=fill_and_free)
            filling.start()
            judge_at_once(annotators, until=lambda: freed and time.monotonic() > freed[0] + 5)
            filling.join()
            report("a full disk for 15 s", made, annotators)


def at_work(made: Installation, folder: Path, people: int) -> list[Annotator]:
    tokens = fill_study(made, folder, items=2000, overlap=3, people=people)
    return [Annotator(made, f"a{number}", token) for number, token in enumerate(tokens)]


def submissions(annotators: list[Annotator]) -> int:
    return sum(len(annotator.submitted) for annotator in annotators)


def report(what: str, made: Installation, annotators: list[Annotator]) -> None:
    check_nothing_lost(made, annotators)
    print(f"  {what}: {submissions(annotators)} submissions, each there once   load of the machine {os.getloadavg()[0]:.1f}")
    print(f"    {told(annotators)}")


@contextmanager
def on_own_server() -> Iterator[tuple[Installation, Server, Path]]:
    """An installation on a PostgreSQL that may be stopped, and a folder."""
    with own_server() as database, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        environment = {**os.environ, "DATA_DIR": str(folder / "data"), "DATABASE_URL": database.url}
        made = Installation(environment, f"http://127.0.0.1:{free_port()}")
        subprocess.run(command("migrate", "-v0"), cwd=ROOT, env=environment, check=True)
        made.serve()
        try:
            yield made, database, folder
        finally:
            made.servers[-1].terminate()
            made.servers[-1].wait(timeout=60)
