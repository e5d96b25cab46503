"""Slow clients hold no thread of gunicorn's, with a small application in the place of Sixpoint."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.installation import ROOT, free_port

THREADS = 2
SETTINGS = f"""
from config.server import slow_clients
slow_clients.SECONDS = 1.0
workers, threads, control_socket_disable = 1, {THREADS}, True
worker_class = "config.server.worker.BufferingWorker"
"""
APPLICATION = """
import hashlib, time
from config.http.outage import TooSlow

def application(environ, start_response):
    status = "200 OK"
    try:
        if environ["PATH_INFO"].endswith("/sleep"):
            time.sleep(1)
        content = hashlib.sha256(environ["wsgi.input"].read()).hexdigest().encode()
    except TooSlow:
        status, content = "408 Request Timeout", b"slow"
    if environ["PATH_INFO"] == "/large":
        content = bytes(20_000_000)
    if environ["PATH_INFO"] == "/file":
        start_response(status, [("Content-Length", "3")])
        return environ["wsgi.file_wrapper"](open("three.txt", "rb"))
    start_response(status, [("Content-Length", str(len(content)))])
    return [content]
"""
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder, port = tmp_path_factory.mktemp("gunicorn"), free_port()
    (folder / "conf.py").write_text(SETTINGS)
    (folder / "small.py").write_text(APPLICATION)
    (folder / "three.txt").write_text("abc")
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    serving = [gunicorn, "small", "--config", "conf.py", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(serving, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)
    for _attempt in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.05)
    yield port
    server.terminate()
    server.wait(timeout=30)


def sent(port: int, *pieces: bytes) -> socket.socket:
    """A connection on which these were sent, each by itself."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for piece in pieces:
        connection.sendall(piece)
        time.sleep(0.02)
    return connection


def answer(connection: socket.socket) -> tuple[int, str]:
    got = http.client.HTTPResponse(connection)
    got.begin()
    return got.status, got.read().decode()


def asked(port: int, path: str = "/", body: bytes | None = None) -> tuple[int, str]:
    with sent(port, head(path, body or b"") + (body or b"")) as connection:
        return answer(connection)


def head(path: str, body: bytes) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n".encode()


def test_slow_heads_and_bodies_hold_no_thread_and_are_ended(port: int) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(sent(port, start)) for start in [b"POST / HT", head("/", b"abc") + b"a"] * 8]
        start = time.monotonic()
        assert [asked(port, body=b"abc") for _time in range(4)] == [(200, ABC)] * 4
        assert time.monotonic() - start < 0.9
        assert {answer(connection) for connection in slow} == {(408, "The request took too long to arrive.")}


def test_slow_readers_hold_half_of_the_threads_at_most_and_are_ended(port: int) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(sent(port, head("/large", b""))) for _reader in range(8)]
        start = time.monotonic()
        assert [asked(port, body=b"abc") for _time in range(4)] == [(200, ABC)] * 4
        assert time.monotonic() - start < 0.9
        time.sleep(1)
        for connection in slow:
            with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
                answer(connection)


def test_clients_that_do_not_close_keep_nobody_waiting(port: int) -> None:
    closing = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with ExitStack() as stack:
        left_open = [stack.enter_context(sent(port, closing)) for _client in range(8)]
        start = time.monotonic()
        assert [asked(port, body=b"abc") for _time in range(4)] == [(200, ABC)] * 4
        assert time.monotonic() - start < 0.9
        assert {answer(connection) for connection in left_open} == {(200, EMPTY)}


def test_a_large_answer_and_a_file_are_whole(port: int) -> None:
    assert asked(port, "/large") == (200, "\0" * 20_000_000)
    assert asked(port, "/file") == (200, "abc")


def test_a_connection_without_a_request_is_closed_without_a_word(port: int) -> None:
    with sent(port) as connection:
        assert connection.recv(1) == b""


def test_a_health_check_does_not_wait_for_threads_that_all_work(port: int) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        busy = [pool.submit(asked, port, "/sleep") for _thread in range(THREADS)]
        time.sleep(0.2)
        start = time.monotonic()
        with sent(port, b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n") as connection:
            assert answer(connection) == (200, EMPTY)
        assert time.monotonic() - start < 0.6
        assert [one.result() for one in busy] == [(200, EMPTY)] * THREADS


def test_sign_ins_wait_for_each_other_and_nobody_else_for_them(port: int) -> None:
    with ThreadPoolExecutor(2) as pool:
        start = time.monotonic()
        signing_in = [pool.submit(asked, port, "/accounts/sleep") for _person in range(2)]
        time.sleep(0.2)
        assert asked(port, body=b"abc") == (200, ABC)
        assert time.monotonic() - start < 0.9
        assert [one.result() for one in signing_in] == [(200, EMPTY)] * 2
        assert time.monotonic() - start > 1.9


@pytest.mark.parametrize(
    "pieces",
    [
        [b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r", b"\na", b"bc"],
        [b"POST / HTTP/1.1\r\nHost: a\r\ncontent-length:3\r\n\r\nabc"],
        [b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n2\r\n", b"bc\r\n0\r\n\r\n"],
    ],
)
def test_a_request_in_pieces_is_whole(port: int, pieces: list[bytes]) -> None:
    with sent(port, *pieces) as connection:
        assert answer(connection) == (200, ABC)


def test_requests_that_come_together_are_answered_one_after_the_other(port: int) -> None:
    with sent(port, head("/", b"abc") + b"abc" + head("/", b"") + head("/", b"abc") + b"ab") as connection:
        got = b""
        while EMPTY.encode() not in got:
            got += connection.recv(4096)
        assert [got.count(one.encode()) for one in (ABC, EMPTY)] == [1, 1]
        connection.sendall(b"c")
        assert answer(connection) == (200, ABC)


def test_who_waits_to_be_told_to_continue_is_told(port: int) -> None:
    with sent(port, b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n") as connection:
        assert connection.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"abc")
        assert answer(connection) == (200, ABC)


def test_long_requests_are_read_as_they_come_by_half_of_the_threads(port: int) -> None:
    long = bytes(3_000_000)
    with sent(port, head("/", long) + long[:200_000]) as first:
        with sent(port, head("/", long) + long[:200_000]) as second:
            assert answer(second) == (503, "The server is busy with other uploads. Please try again in a moment.")
        assert asked(port, body=b"abc") == (200, ABC)
        first.sendall(long[200_000:])
        assert answer(first)[0] == 200


def test_a_long_request_that_comes_too_slowly_is_ended(port: int) -> None:
    told = (503, "")
    while told[0] == 503:  # until the thread that reads such requests has ended with the one before
        with sent(port, head("/", bytes(3_000_000)) + bytes(200_000)) as connection:
            told = answer(connection)
    assert told == (408, "slow")
