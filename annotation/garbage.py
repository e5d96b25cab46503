"""Python's search for objects that hold each other, put off."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """For work that makes millions of objects of which none holds another that holds it: Python would look through all that there
    are again and again, which takes a tenth of a release's time. Other objects are freed as ever, when nothing needs them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
