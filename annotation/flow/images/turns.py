"""Whose turn it is to make copies: a picture is rendered once, however many look at it, and few large ones at once on a machine.

The locks are files below DATA_DIR that the operating system forgets when their process ends, however it ends.
"""

import fcntl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

from django.conf import settings
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.models import Image

LARGE = 4_000_000  # pixels or bytes; up to there a copy takes some 50 MB of memory for the moment, at the limits 400 MB
LARGE_AT_ONCE = 2
LOOK_AGAIN = 0.05  # seconds


class NotYet(Refused):
    """Others had their turns for longer than was waited."""


@contextmanager
def turn(image: Image, *, wait: float | None) -> Iterator[None]:
    """Hold the picture while its copies are made, waiting for at most so many seconds. Raises NotYet."""
    until = float("inf") if wait is None else time.monotonic() + wait
    large = one_of([f"large-{number}" for number in range(LARGE_AT_ONCE)], until) if is_large(image) else nullcontext()
    with one_of([f"picture-{image.sha256[:2]}"], until), large:
        yield


def is_large(image: Image) -> bool:
    """A GIF may have 300 frames, of which its row says nothing."""
    return image.width * image.height > LARGE or image.size > LARGE or image.format == "GIF"


@contextmanager
def one_of(names: Sequence[str], until: float) -> Iterator[None]:
    """Hold one of the locks, the first that is free."""
    folder = settings.DATA_DIR / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        for name in names:
            with (folder / name).open("w") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
        if time.monotonic() >= until:
            raise NotYet(_("The picture is being made. Please try again in a moment."))
        time.sleep(LOOK_AGAIN)
