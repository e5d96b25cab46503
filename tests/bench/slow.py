"""A claim and the health check beside 16 slow requests and 24 sign-in loops; memory while eight look at one large picture."""

import http.client
import io
import json
import os
import re
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from PIL import Image

from tests.installation import RUBRICS, Installation, installation
from tests.submitting import a_record, fill_study

SLOW, LOOPS, SECONDS = 16, 24, 20
LARGE = b"GET /static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SIDE, VIEWERS = 7000, 8


def slow() -> None:
    with tempfile.TemporaryDirectory() as name, installation(Path(name, "data")) as made:
        [token, *_others] = fill_study(made, Path(name), items=20, overlap=3, people=2)
        for what, slow_ones, loops in (("alone", 0, 0), ("16 slow", SLOW, 0), ("16 slow, 24 sign-in loops", SLOW, LOOPS)):
            ended = threading.Event()
            others = [threading.Thread(target=send_slowly, args=(made, ended, number)) for number in range(slow_ones)]
            others += [threading.Thread(target=sign_in_again_and_again, args=(made, ended)) for _number in range(loops)]
            for other in others:
                other.start()
            time.sleep(2)
            measure(what, made, token)
            ended.set()
            for other in others:
                other.join()


def measure(what: str, made: Installation, token: str) -> None:
    asking: dict[str, Callable[[], int]] = {
        "claim": lambda: made.api("POST", "/api/v1/projects/study/claim/", token).status,
        "/healthz": lambda: made.api("GET", "/healthz", "").status,
    }
    for name, ask in asking.items():
        times, until = [], time.monotonic() + SECONDS / 2
        while time.monotonic() < until:
            start = time.perf_counter()
            assert ask() == 200
            times.append((time.perf_counter() - start) * 1000)
            time.sleep(0.1)
        line = f"{what}: {name}"
        worst = f"worst {max(times):7.1f} ms   {len(times)} times   load {os.getloadavg()[0]:.1f}"
        print(f"  {line:<40} median {statistics.median(times):6.1f} ms   {worst}")


def send_slowly(made: Installation, ended: threading.Event, number: int) -> None:
    """A byte a second: of a body, or of a head; or take as little of a large answer."""
    parts = urlsplit(made.url)
    head = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    start = [head + b"Content-Length: 100000\r\n\r\n", head, LARGE][number % 3]
    while not ended.is_set():
        try:
            with socket.create_connection((str(parts.hostname), parts.port), timeout=5) as connection:
                connection.sendall(start)
                while not ended.wait(1):
                    connection.recv(1) if start == LARGE else connection.sendall(b"a")
        except OSError:
            ended.wait(0.2)  # the server has ended it


def sign_in_again_and_again(made: Installation, ended: threading.Event) -> None:
    """With a wrong password for a name that nobody has, as fast as it is answered."""
    opener = build_opener(HTTPCookieProcessor())
    while not ended.is_set():
        try:
            page = opener.open(made.url + "/accounts/login/", timeout=60).read().decode()
            [form_token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[:1]
            name = f"nobody-{time.monotonic_ns()}"
            body = urlencode({"login": name, "password": "wrong", "csrfmiddlewaretoken": form_token}).encode()
            opener.open(Request(made.url + "/accounts/login/", body), timeout=60).read()
        except (OSError, ValueError, http.client.HTTPException):
            ended.wait(0.1)  # turned away


def pictures() -> None:
    with tempfile.TemporaryDirectory() as name, installation(Path(name, "data")) as made:
        folder, content = Path(name), io.BytesIO()
        Image.new("RGBA", (SIDE, SIDE), (200, 30, 30, 255)).save(content, "PNG")
        (folder / "a.png").write_bytes(content.getvalue())
        (folder / "items.json").write_text(json.dumps([a_record(1, "a.png")]))
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "study", "--rubric", "mmie-pbl")
        made.manage("load_items", str(folder / "items.json"), "--project", "study")
        tokens = made.tokens("study", {f"a{number}": "annotator" for number in range(3)})
        claim = made.api("POST", "/api/v1/projects/study/claim/", tokens[0]).json()
        address = claim["response"]["blocks"][0]["image"]
        print(f"  a PNG of {SIDE} x {SIDE}, {len(content.getvalue()) // 1024} kB; memory before {memory(made)} MB")
        cookie = made.run(SESSION)
        ended, highest = threading.Event(), [0]

        def watch() -> None:
            while not ended.wait(0.05):
                highest[0] = max(highest[0], memory(made))

        watching = threading.Thread(target=watch)
        watching.start()
        start = time.monotonic()
        with ThreadPoolExecutor(VIEWERS) as pool:
            statuses = list(pool.map(lambda _viewer: look(made, address, cookie), range(VIEWERS)))
        ended.set()
        watching.join()
        took = time.monotonic() - start
        print(f"  {VIEWERS} looked: at most {highest[0]} MB, {took:.0f} s until all had it; statuses {statuses}")


SESSION = """
import json
from django.test import Client
from annotation.models import User
client = Client()
client.force_login(User.objects.get(username="a0"))
print(json.dumps(client.cookies["sixpoint_session"].value))
"""


def look(made: Installation, address: str, cookie: str) -> list[int]:
    """What a viewer is answered until the picture is there."""
    parts, statuses = urlsplit(made.url), []
    while True:
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=300)
        connection.request("GET", address, headers={"Cookie": f"sixpoint_session={cookie}"})
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
        if answer.status != 503:
            return statuses
        time.sleep(int(answer.headers["Retry-After"]))


def memory(made: Installation) -> int:
    """Megabytes of the server's processes together."""
    pages = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(state[1]) == made.server:
            pages += int(state[21])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024 // 1024
