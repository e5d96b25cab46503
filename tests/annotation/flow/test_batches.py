from collections.abc import Iterator

import pytest

from annotation.flow import batches
from annotation.flow.batches import batched


@pytest.mark.parametrize(("count", "expected"), [(0, []), (2, [[0, 1]]), (3, [[0, 1, 2]]), (4, [[0, 1, 2], [3]])])
def test_a_batch_has_at_most_so_many_items(count: int, expected: list[list[int]]) -> None:
    assert list(batched(range(count), 3)) == expected


def test_a_batch_ends_early_where_its_items_took_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_BYTES", 10)
    sizes = [4, 4, 4, 30, 1, 1]
    read = 0

    def items() -> Iterator[int]:
        nonlocal read
        for size in sizes:
            read += size
            yield size

    assert list(batched(items(), 4, position=lambda: read)) == [[4, 4, 4], [30], [1, 1]]
