"""Cuts what is too much for memory into batches."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
MOST_BYTES = 8 * 1024 * 1024


def batched(items: Iterable[Item], size: int, *, position: Callable[[], int] | None = None) -> Iterator[list[Item]]:
    """Lists of at most `size` items. With `position`, which gives the bytes read so far, a list ends after MOST_BYTES too."""
    batch: list[Item] = []
    start = position() if position else 0
    for item in items:
        batch.append(item)
        if len(batch) == size or (position and position() - start > MOST_BYTES):
            yield batch
            batch = []
            start = position() if position else 0
    if batch:
        yield batch
