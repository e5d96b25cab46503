"""What the files beside the code promise: the documentation, the locks, the import rules."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.codebase.sources import ROOT

LOCKED = re.compile(r"^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==\S+[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", re.MULTILINE)


def test_the_documentation_names_the_environments_variables_that_the_settings_read() -> None:
    documented = re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "docs" / "configuration.md").read_text(), re.MULTILINE)
    settings = (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r'(?:boolean|listed|one_of|whole_number|environ\.get|environ\.setdefault)\("([A-Z0-9_]+)"', settings))
    assert len(read) == 20
    assert sorted(documented) == sorted(read)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-train.txt"])
def test_a_lock_holds_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    packages = re.findall(r"^[^\s#-].*$", text, re.MULTILINE)
    assert len(LOCKED.findall(text)) == len(packages) > 30


def test_every_dependency_says_why_it_is_there() -> None:
    [block] = re.findall(r"^dependencies = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE | re.DOTALL)
    assert [line for line in block.splitlines() if not re.search(r'",\s+# \w', line)] == []


def test_the_import_rules_hold(tmp_path: Path) -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, env={**os.environ, "DATA_DIR": str(tmp_path)}
    )
    assert done.returncode == 0, done.stdout
