from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.deciding.pages import ADJUDICATORS, ANNOTATORS, PROJECTS, SETUP
from tests.databases import DEMO, State
from tests.installation import Installation, installation

# Made once for the whole run, as the demo is: the folder's files run beside each other, each with an installation of its own.
PEOPLE = [*((name, "annotator") for name in ANNOTATORS), *((name, "adjudicator") for name in ADJUDICATORS), ("lea", "manager")]
SETTING_UP = f"PROJECTS, PEOPLE = {PROJECTS!r}, {PEOPLE!r}\n{SETUP}"
DISPUTED = State("deciding", (("shell", "-v0", "-c", SETTING_UP),), on=DEMO)


@pytest.fixture(scope="package")
def demo(tmp_path_factory: Any) -> Iterator[tuple[Installation, str]]:
    """A demo of its own, whose server may be killed, with projects that have disputes."""
    with installation(tmp_path_factory.mktemp("deciding"), of=DISPUTED) as made:
        yield made, made.demo_password


@pytest.fixture
def made(demo: tuple[Installation, str]) -> Installation:
    return demo[0]


@pytest.fixture
def expected_notes() -> list[str]:
    return ["Failed to load resource"]  # Chromium's own note on what has no network, or was refused
