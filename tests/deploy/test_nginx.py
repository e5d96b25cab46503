import json
import socket
import ssl
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.databases import DEMO
from tests.deploy.nginx import Front, nginx
from tests.installation import Answer, Installation, installation

SETTINGS = {"HTTPS": "1", "ACCEL_PREFIX": "/protected/", "LOG_FORMAT": "json", "METRICS_TOKEN": "secret", "PROXIES": "1"}


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_named: Any) -> None:
        return None


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Front]]:
    folder = tmp_path_factory.mktemp("served")
    with pytest.MonkeyPatch.context() as environment:
        for name, value in SETTINGS.items():
            environment.setenv(name, value)
        with installation(folder / "data", of=DEMO) as made, nginx(folder / "nginx", made) as front:
            yield made, front


def ask(front: Front, path: str, *, secure: bool = True, method: str = "GET", **headers: str) -> Answer:
    scheme, port = ("https", front.secure) if secure else ("http", front.plain)
    context = ssl.create_default_context(cafile=str(front.certificate))
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), NoRedirect)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with opener.open(urllib.request.Request(f"{scheme}://127.0.0.1:{port}{path}", headers=named, method=method)) as answer:
            return Answer(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, dict(error.headers), error.read())


def test_plain_http_is_redirected(served: tuple[Installation, Front]) -> None:
    answer = ask(served[1], "/accounts/login/?next=/", secure=False)
    assert (answer.status, answer.headers["Location"]) == (301, "https://127.0.0.1/accounts/login/?next=/")


def test_pages_are_served_with_secure_cookies(served: tuple[Installation, Front]) -> None:
    answer = ask(served[1], "/accounts/login/")
    assert (answer.status, answer.headers["Strict-Transport-Security"].startswith("max-age=")) == (200, True)
    assert "; Secure" in answer.headers["Set-Cookie"]


def test_nginx_sends_the_images_of_a_claim_and_nobody_reaches_them_past_sixpoint(served: tuple[Installation, Front]) -> None:
    made, front = served
    (token,) = made.tokens("demo", {"nell": "annotator"})
    key = {"Authorization": f"Token {token}"}
    claim = ask(front, "/api/v1/projects/demo/claim/", method="POST", **key).json()
    addresses = [block["image"] for part in ("query", "response") for block in claim[part]["blocks"] if block["image"]]
    answers = [ask(front, address, **key) for address in addresses]
    assert addresses
    assert [(answer.status, answer.headers["Content-Type"].split("/")[0]) for answer in answers] == [(200, "image")] * len(
        answers
    )
    assert all(answer.body and answer.headers["Content-Security-Policy"] for answer in answers)
    assert all("X-Accel-Redirect" not in answer.headers for answer in answers)
    files = {path.read_bytes(): path for path in Path(made.environment["DATA_DIR"], "images").rglob("*") if path.is_file()}
    sent = [files[answer.body] for answer in answers]
    images = Path(made.environment["DATA_DIR"], "images")
    around = [ask(front, f"/protected/{path.relative_to(images).as_posix()}", **key).status for path in sent]
    assert around == [404] * len(sent)
    assert {ask(front, address).status for address in addresses} <= {302, 401, 404}


def test_metrics_are_for_the_machine(served: tuple[Installation, Front]) -> None:
    made, front = served
    key = {"Authorization": "Bearer secret"}
    assert ask(front, "/metrics", **key).status == 404
    request = urllib.request.Request(f"{made.url}/metrics", headers={**key, "X-Forwarded-Proto": "https"})
    with urllib.request.urlopen(request) as answer:
        assert b"sixpoint_jobs" in answer.read()


def test_an_answer_and_its_line_in_the_log_have_the_same_id(served: tuple[Installation, Front]) -> None:
    made, front = served
    request_id = ask(front, "/accounts/login/").headers["X-Request-ID"]
    log = Path(made.environment["DATA_DIR"], "gunicorn.log").read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert [line["route"] for line in lines if line["request_id"] == request_id] == ["accounts/login/"]


def test_bodies_that_come_slowly_keep_nobody_waiting(served: tuple[Installation, Front]) -> None:
    made, front = served
    (token,) = made.tokens("demo", {"nora": "annotator"})
    context = ssl.create_default_context(cafile=str(front.certificate))
    head = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n"
    with ExitStack() as stack:
        slow = []
        for _connection in range(16):
            plain = stack.enter_context(socket.create_connection(("127.0.0.1", front.secure)))
            slow.append(stack.enter_context(context.wrap_socket(plain, server_hostname="127.0.0.1")))
            slow[-1].sendall(head)
        times = []
        for _claim in range(10):
            for connection in slow:
                connection.sendall(b"x")
            start = time.monotonic()
            answer = ask(front, "/api/v1/projects/demo/claim/", method="POST", Authorization=f"Token {token}")
            times.append(time.monotonic() - start)
            assert answer.status == 200
    assert statistics.median(times) < 1  # it would wait for the bodies, that is for ever
