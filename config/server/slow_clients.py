"""What the threads of config/server/worker.py read a request from and write an answer to: a client that may be slow. They wait so
long for it and no longer.
"""

import time
from threading import BoundedSemaphore
from typing import Any

from gunicorn.http.unreader import SocketUnreader

from config.http.outage import TooSlow

SECONDS = 20.0  # in which a request has to arrive; for a longer one, or an answer, the time grows
LEAST_RATE = 16 * 1024  # by so many bytes a second
PIECE = 64 * 1024


class SteadyUnreader(SocketUnreader):  # type: ignore[misc]  # gunicorn has no types
    """What a thread reads a request's bytes from: first those that were received before, then the socket's."""

    def begin(self, received: bytes) -> None:
        self.unread(received)
        self.begun, self.read_since = time.monotonic(), 0

    def chunk(self, size_hint: int | None = None) -> bytes:
        left = self.begun + SECONDS + self.read_since / LEAST_RATE - time.monotonic()
        if left <= 0:
            raise TooSlow
        self.sock.settimeout(min(left, self.sock.gettimeout() or left))  # gunicorn limits what it reads after the answer
        try:
            piece: bytes = super().chunk(size_hint)
        except TimeoutError as error:
            raise TooSlow from error
        self.read_since += len(piece)
        return piece


class Sender:
    """The socket as an answer is written to it: for a client that takes it slowly it waits for so long, and with a permit."""

    def __init__(self, sock: Any, permits: BoundedSemaphore) -> None:
        self.sock, self.permits = sock, permits
        self.sent, self.waited = 0, 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sock, name)

    def sendall(self, data: bytes) -> None:
        self.sock.settimeout(0)
        try:
            taken = self.sock.send(data)
        except BlockingIOError:
            taken = 0
        if taken < len(data):
            self.wait_and_send(memoryview(data)[taken:])
        self.sent += len(data)
        self.sock.settimeout(SECONDS)

    def wait_and_send(self, data: memoryview) -> None:
        if not self.permits.acquire(blocking=False):
            raise ConnectionAbortedError("too many clients take their answers slowly")
        started = time.monotonic()
        try:
            self.sock.settimeout(max(0.001, SECONDS + self.sent / LEAST_RATE - self.waited))
            self.sock.sendall(data)
        finally:
            self.permits.release()
            self.waited += time.monotonic() - started

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """As a socket's own, by sendall: of a file that stands where it is to be read."""
        sent = 0
        while piece := file.read(PIECE if count is None else min(PIECE, count - sent)):
            self.sendall(piece)
            sent += len(piece)
        return sent
