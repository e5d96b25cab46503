from collections.abc import Iterator

import pytest

from annotation.accounts import throttle


@pytest.fixture(autouse=True)
def nobody_locked_out() -> Iterator[None]:
    """What a process remembers of who was locked out, no other test meets."""
    throttle.locked_out.clear()
    yield
    throttle.locked_out.clear()
