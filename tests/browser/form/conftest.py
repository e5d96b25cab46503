import json
import os
import subprocess
import sys

import pytest

from tests.browser.form.pages import (
    PEOPLE,
    PROJECTS,
    SETUP,
)
from tests.installation import ROOT, Installation


@pytest.fixture(scope="session")
def made(demo: tuple[Installation, str]) -> Installation:
    environment = {**demo[0].environment, "PROJECTS": json.dumps(PROJECTS), "PEOPLE": json.dumps(PEOPLE)}
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", SETUP], cwd=ROOT, env={**os.environ, **environment}, check=True
    )
    return demo[0]
