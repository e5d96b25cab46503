import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.deciding.pages import ADJUDICATORS, ANNOTATORS, PROJECTS, SETUP
from tests.databases import ROOT
from tests.installation import Installation, installation


@pytest.fixture(scope="package")
def demo(tmp_path_factory: Any) -> Iterator[tuple[Installation, str]]:
    """A demo of its own, whose server may be killed, with projects that have disputes."""
    with installation(tmp_path_factory.mktemp("deciding")) as made:
        password = made.manage("load_demo")["people"][0]["password"]
        people = [*((name, "annotator") for name in ANNOTATORS), *((name, "adjudicator") for name in ADJUDICATORS)]
        environment = {**made.environment, "PROJECTS": json.dumps(PROJECTS), "PEOPLE": json.dumps([*people, ("lea", "manager")])}
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", SETUP], cwd=ROOT, env={**os.environ, **environment}, check=True
        )
        yield made, password


@pytest.fixture
def made(demo: tuple[Installation, str]) -> Installation:
    return demo[0]


@pytest.fixture
def expected_notes() -> list[str]:
    return ["Failed to load resource"]  # Chromium's own note on what has no network, or was refused
