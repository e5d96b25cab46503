from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing")
BYTES = 8 * 1024 * 1024


def batched(things: Iterable[Thing], size: int, *, position: Callable[[], int] | None = None) -> Iterator[list[Thing]]:
    """The things in lists of at most `size`; where `position` says how many bytes they were read from, of some BYTES."""
    batch: list[Thing] = []
    start = position() if position else 0
    for thing in things:
        batch.append(thing)
        if len(batch) == size or (position and position() - start > BYTES):
            yield batch
            batch = []
            start = position() if position else 0
    if batch:
        yield batch
