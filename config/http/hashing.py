"""Passwords are hashed a few at a time, so that attempts to sign in leave processors and threads to people who work."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from config.http.refusals import refusal

AT_ONCE = max(1, min(2, (os.cpu_count() or 1) // 2))  # hashes of all processes of this machine: half of a small one
WAITING = 2  # threads of all processes that wait for it
LONGEST_WAIT = 2.0  # seconds
LOOK_AGAIN = 0.02  # seconds
serving: ContextVar[bool] = ContextVar("serving", default=False)  # commands hash whenever they want to


class Busy(Exception):
    """Too many passwords are being hashed. Nothing has happened yet: it can be tried again."""


class BoundedHasher(PBKDF2PasswordHasher):
    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with turn():
            return super().encode(password, salt, iterations)


@contextmanager
def turn() -> Iterator[None]:
    """Raises Busy in a request where enough wait already, or the wait has been long."""
    if not serving.get():
        yield
        return
    end = time.monotonic() + LONGEST_WAIT
    with ExitStack() as held:
        if not lock(held, "wait", AT_ONCE + WAITING):
            raise Busy
        while not lock(held, "hash", AT_ONCE):
            if time.monotonic() > end:
                raise Busy
            time.sleep(LOOK_AGAIN)
        yield


def lock(held: ExitStack, kind: str, places: int) -> bool:
    """Take one of the places, if one is free, until `held` ends. The system frees those of a process that was killed."""
    folder = settings.DATA_DIR / "hashing"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for place in range(places):
        file = os.open(folder / f"{kind}-{place}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            held.callback(os.close, file)
            return True
    return False


class BoundedHashing:
    """The middleware that bounds hashes in requests, and asks to try again where there are too many.

    Whoever signs in while no place is free is refused before anything else is done: thousands may try.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.path == reverse(settings.LOGIN_URL) and not place_free():
            return busy()
        token = serving.set(True)
        try:
            return self.get_response(request)
        finally:
            serving.reset(token)

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return busy() if isinstance(exception, Busy) else None


def place_free() -> bool:
    with ExitStack() as held:
        return lock(held, "wait", AT_ONCE + WAITING)


def busy() -> HttpResponse:
    return refusal("registration/busy.html", status=503, retry_after=3)
