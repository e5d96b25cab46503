"""What attempts to sign in cost a member: a claim's time alone, and beside 24 loops that give wrong passwords without a pause.

The demo behind gunicorn as gunicorn.conf.py has it. The loops take a new name each time: first each time from another address, as
if there were a proxy, so that every attempt would be hashed; then all from one address, once before it is locked out and once
after. The machine's load is shown, since a busy machine makes all figures larger.
"""

import http.client
import os
import re
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

from tests.bench.study import Client, in_shell, show
from tests.databases import DEMO
from tests.installation import Installation, installation

LOOPS, PROCESSES = 24, 2
CLAIMS, SECONDS = 60, 20
LOCK = """
from axes.models import AccessAttempt
AccessAttempt.objects.create(username="many", ip_address="192.0.2.1", user_agent="", failures_since_start=100)
"""


def sign_in() -> None:
    os.environ["PROXIES"] = "1"
    with tempfile.TemporaryDirectory() as name, installation(Path(name), of=DEMO) as made:
        print(f"  load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
        [token] = made.tokens("demo", {"ana": "annotator"})
        client = Client(made.url, token)
        for _warm in range(10):
            client.post("/api/v1/projects/demo/claim/")
        show("claim, nobody signs in", [client.post("/api/v1/projects/demo/claim/")[0] for _claim in range(CLAIMS)])
        print(f"  a sign-in alone {attempt_alone(made):.0f} ms")
        beside("claim, from many addresses", made, token, spread=True)
        beside("claim, from one address", made, token, spread=False)
        in_shell(made, LOCK)
        beside("claim, from a locked one", made, token, spread=False)


def attempt_alone(made: Installation) -> float:
    loop = Loop(made.url, "first", spread=True)
    loop.attempt()
    start = time.perf_counter()
    assert loop.attempt() == 200
    return (time.perf_counter() - start) * 1000


def beside(what: str, made: Installation, token: str, *, spread: bool) -> None:
    end = time.time() + SECONDS
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
        loops = [pool.submit(attempts, made.url, number, end, spread) for number in range(PROCESSES)]
        time.sleep(3)
        client, times = Client(made.url, token), []
        while time.time() < end - 1:
            times.append(client.post("/api/v1/projects/demo/claim/")[0])
            time.sleep(0.05)
        answers = sum((done.result() for done in loops), Counter[int]())
    show(what, times)
    rates = ", ".join(f"{status}: {number / SECONDS:.1f}" for status, number in sorted(answers.items()))
    print(f"    answers to sign-in a second {rates}   load {os.getloadavg()[0]:.1f}")


def attempts(url: str, process: int, end: float, spread: bool) -> "Counter[int]":
    """The answers by status, of this process's share of the loops."""
    answers: Counter[int] = Counter()
    loops = [Thread(target=run, args=(url, f"{process}-{number}", end, spread, answers)) for number in range(LOOPS // PROCESSES)]
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join()
    return answers


def run(url: str, name: str, end: float, spread: bool, answers: "Counter[int]") -> None:
    loop = Loop(url, name, spread=spread)
    while time.time() < end:
        answers[loop.attempt()] += 1


class Loop:
    """An anonymous browser that gives wrong passwords."""

    def __init__(self, url: str, name: str, *, spread: bool) -> None:
        parts = urlsplit(url)
        self.name, self.spread, self.numbers = name, spread, count()
        self.connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
        self.connection.request("GET", "/accounts/login/")
        answer = self.connection.getresponse()
        self.token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())[1]  # type: ignore[index]
        self.cookie = answer.headers["Set-Cookie"].partition(";")[0]

    def attempt(self) -> int:
        number = next(self.numbers)
        fields = {"login": f"{self.name}-{number}", "password": "wrong", "csrfmiddlewaretoken": self.token}
        address = f"10.{hash(self.name) % 256}.{number // 256 % 256}.{number % 256}" if self.spread else "192.0.2.1"
        headers = {"Cookie": self.cookie, "X-Forwarded-For": address, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            self.connection.request("POST", "/accounts/login/", urlencode(fields), headers)
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # the server ends connections that were idle
            self.connection.close()
            return self.attempt()
        answer.read()
        return answer.status
