from collections.abc import Iterator
from typing import Any

import pytest

from tests.databases import DEMO
from tests.installation import Installation, installation


@pytest.fixture(scope="package")
def demo(tmp_path_factory: Any) -> Iterator[tuple[Installation, str]]:
    """A demo of its own, whose server may be killed."""
    with installation(tmp_path_factory.mktemp("keeping"), of=DEMO) as made:
        yield made, made.demo_password


@pytest.fixture
def made(demo: tuple[Installation, str]) -> Installation:
    return demo[0]


@pytest.fixture
def expected_notes() -> list[str]:
    return ["Failed to load resource"]  # Chromium's own note on what has no network, or was refused
