"""Whose turn it is: one load or cleaning at a time, and no other writer waits for it."""

import subprocess
import sys
import threading
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from annotation.flow.progress import silent
from annotation.flow.turns import take_turns
from annotation.models import Project
from tests.factories import make_project


class Stop(Exception):
    pass


def stop(*step: Any) -> None:
    raise Stop(step)


def in_a_thread(work: Any) -> None:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_one_has_the_turn_and_the_next_waits_until_it_is_given_back() -> None:
    waited: list[Any] = []

    def try_it() -> None:
        try:
            with take_turns(stop):
                waited.append("had it")
        except Stop as error:
            waited.append(error.args[0])

    with take_turns():
        in_a_thread(try_it)
    in_a_thread(try_it)
    with pytest.raises(ZeroDivisionError), take_turns():
        _fails = 1 / 0
    in_a_thread(try_it)
    assert waited == [("waiting", 0, 0), "had it", "had it"]


@pytest.mark.django_db(transaction=True)
def test_others_write_meanwhile() -> None:
    project = make_project()
    with take_turns(silent):
        in_a_thread(lambda: Project.objects.filter(pk=project.pk).update(title="new"))
    assert Project.objects.get(pk=project.pk).title == "new"


HOLD = """
import fcntl, sys
file = open(sys.argv[1], "wb")
fcntl.flock(file, fcntl.LOCK_EX)
print(flush=True)
sys.stdin.read()
"""


@pytest.mark.django_db
def test_a_killed_process_loses_its_turn() -> None:
    if connection.vendor != "sqlite":
        return  # there the lock is the connection's, and PostgreSQL frees it: tests/test_loads.py kills loads on both
    with take_turns(stop):
        pass  # makes the file
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.DATA_DIR / "locks" / "loads")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout
    holder.stdout.readline()
    with pytest.raises(Stop), take_turns(stop):
        pass
    holder.kill()
    holder.communicate()
    with take_turns(stop):
        pass
