"""gunicorn's worker with threads, which hands a request to one once all of it is here, as a proxy that buffers requests does.

A client that sends slowly then has a place in a list for a while, and no thread. A request that is too long to be kept in memory
is read by a thread as it comes, but only by half of the threads, and not more slowly than at a least rate. So it is with answers:
the system takes a usual one whole, and half of the threads may wait for clients that take a longer one slowly.
"""

import re
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from socket import SHUT_WR, SO_SNDBUF, SOL_SOCKET
from threading import BoundedSemaphore
from types import SimpleNamespace
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from config.server import slow_clients
from config.server.slow_clients import PIECE, Sender, SteadyUnreader

MOST_BUFFERED = 128 * 1024  # bytes of a request; gunicorn takes 1,000 connections a worker
SECONDS_TO_CLOSE = 2.0
SEND_BUFFER = 1024 * 1024  # bytes of an answer that the system takes; Linux allows 400 kB unless net.core.wmem_max says more
# Requests that have one thread of their own in each process: health checks wait for nobody, and whoever tries passwords, each of
# which is work for a quarter of a second, keeps nobody waiting but others who sign in.
OWN_THREAD = (re.compile(rb"(GET|HEAD) /healthz "), re.compile(rb"POST /accounts/"))
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,15})[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
TOO_SLOW = ("408 Request Timeout", "The request took too long to arrive.")
TOO_MANY = ("503 Service Unavailable", "The server is busy with other uploads. Please try again in a moment.")


class Arrival:
    """The beginning of a request on a connection, until there is enough for a thread."""

    def __init__(self, conn: TConn) -> None:
        self.conn = conn
        self.received = bytearray(conn.parser.unreader.take_buffered() if conn.parser else b"")  # what came with the one before
        self.deadline = time.monotonic() + slow_clients.SECONDS
        self.length: int | None = None  # of the whole request, once its head is here
        self.look(0)

    def add(self, piece: bytes) -> None:
        self.received += piece
        if self.length is None:
            self.look(max(0, len(self.received) - len(piece) - 3))

    def look(self, start: int) -> None:
        """For the end of the head, from `start` on: before that it is not."""
        end = self.received.find(b"\r\n\r\n", start)
        if end < 0:
            return
        head = bytes(self.received[: end + 2])
        stated = LENGTH.search(head)
        self.length = end + 4 + (int(stated[1]) if stated else 0)
        if CHUNKED.search(head):  # only a thread can tell where it ends
            self.length = MOST_BUFFERED + 1
        if EXPECTS.search(head):
            self.conn.sock.send(CONTINUE)

    @property
    def is_whole(self) -> bool:
        return self.length is not None and len(self.received) >= self.length

    @property
    def is_long(self) -> bool:
        """Whether a thread has to read the rest of it."""
        return not self.is_whole and ((self.length or 0) > MOST_BUFFERED or len(self.received) >= MOST_BUFFERED)


class BufferingWorker(ThreadWorker):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.arriving: dict[Arrival, None] = {}  # the oldest first
        self.lingering: dict[TConn, float] = {}  # answered, and to be closed at these times at the latest
        self.reading = 0  # long requests that threads read
        self.half = max(1, self.cfg.threads // 2)
        self.permits = BoundedSemaphore(self.half)  # to wait for a slow client
        self.own_threads = {pattern: ThreadPoolExecutor(max_workers=1) for pattern in OWN_THREAD}

    def enqueue_req(self, conn: TConn) -> None:
        """A connection has opened, or another request may have begun on it."""
        if self.cfg.is_ssl:  # its bytes are not the request's
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        try:
            arrival = Arrival(conn)
        except OSError:
            self.drop(conn)
            return
        self.arriving[arrival] = None
        self.poller.register(conn.sock, EVENT_READ, partial(self.receive, arrival))
        if arrival.is_whole:
            self.hand_over(arrival)
        else:
            self.receive(arrival, conn.sock)

    def receive(self, arrival: Arrival, sock: Any) -> None:
        try:
            piece = sock.recv(PIECE)
            arrival.add(piece)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self.forget(arrival)
            self.drop(arrival.conn)
        elif arrival.is_whole:
            self.hand_over(arrival)
        elif arrival.is_long:
            self.hand_over_long(arrival)

    def hand_over_long(self, arrival: Arrival) -> None:
        if self.reading >= self.half:
            self.forget(arrival)
            self.turn_away(arrival.conn, *TOO_MANY)
            return
        self.reading += 1
        self.hand_over(arrival, long=True)

    def hand_over(self, arrival: Arrival, *, long: bool = False) -> None:
        self.forget(arrival)
        conn = arrival.conn
        if not conn.initialized:
            conn.init()
            conn.parser.unreader = SteadyUnreader(conn.sock)
            conn.sock.setsockopt(SOL_SOCKET, SO_SNDBUF, SEND_BUFFER)
        conn.parser.unreader.begin(bytes(arrival.received))
        threads = next((own for pattern, own in self.own_threads.items() if pattern.match(arrival.received)), self.tpool)
        answered = threads.submit(self.handle, conn)
        answered.add_done_callback(lambda future: self.method_queue.defer(self.answered, conn, future, long))

    def answered(self, conn: TConn, future: Future[Any], long: bool) -> None:
        self.reading -= long
        if not future.exception() and future.result():
            self.finish_request(conn, future)
        else:
            self.linger(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        sender = SimpleNamespace(sock=Sender(conn.sock, self.permits), client=conn.client, server=conn.server)
        return super().handle_request(req, sender)

    def murder_pending(self) -> None:
        """Called every second: end the connections whose request has not arrived in time."""
        super().murder_pending()
        now = time.monotonic()
        for conn in [one for one, deadline in self.lingering.items() if deadline <= now]:
            self.end(conn)
        for arrival in [one for one in self.arriving if one.deadline <= now]:
            self.forget(arrival)
            if arrival.received:
                self.turn_away(arrival.conn, *TOO_SLOW)
            else:  # the client opened it in advance, or keeps it for later
                self.drop(arrival.conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """The worker stops: what has not arrived by then is not waited for."""
        super()._cap_keepalive(deadline)
        for arrival in self.arriving:
            arrival.deadline = min(arrival.deadline, deadline)

    def forget(self, arrival: Arrival) -> None:
        del self.arriving[arrival]
        self.poller.unregister(arrival.conn.sock)

    def turn_away(self, conn: TConn, status: str, words: str) -> None:
        fields = f"Connection: close\r\nRetry-After: 5\r\nContent-Type: text/plain\r\nContent-Length: {len(words)}"
        with suppress(OSError):  # it is gone
            conn.sock.send(f"HTTP/1.1 {status}\r\n{fields}\r\n\r\n{words}".encode())
        self.linger(conn)

    def linger(self, conn: TConn) -> None:
        """Close a connection that was answered: once the client has, for else it might lose the answer. gunicorn itself would
        wait for that here, where all other connections wait too."""
        try:
            conn.sock.shutdown(SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, EVENT_READ, partial(self.discard, conn))
        except (OSError, ValueError):
            self.drop(conn)
        else:
            self.lingering[conn] = time.monotonic() + SECONDS_TO_CLOSE

    def discard(self, conn: TConn, sock: Any) -> None:
        try:
            ended = not sock.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            ended = True
        if ended:
            self.end(conn)

    def end(self, conn: TConn) -> None:
        del self.lingering[conn]
        self.poller.unregister(conn.sock)
        self.drop(conn)

    def drop(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()
