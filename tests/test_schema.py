"""Random requests against the OpenAPI, by each role: whatever is sent, the server has an answer."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import installation


@pytest.mark.parametrize("who", ["fay", "ada", "lea"])
def test_no_request_makes_a_server_error(tmp_path: Path, who: str) -> None:
    role = {"fay": "annotator", "ada": "adjudicator", "lea": "manager"}[who]
    with installation(tmp_path / "data") as made:
        made.manage("load_demo")
        token = made.manage("add_member", who, "--project", "demo", "--role", role, "--token")["token"]
        command = [
            str(Path(sys.executable).with_name("schemathesis")), "run", f"{made.url}/api/v1/schema/?format=json",
            "--header", f"Authorization: Token {token}", "--checks", "not_a_server_error", "--max-examples", "5",
            "--seed", "6", "--generation-database", "none", "--no-color", "--suppress-health-check", "all",
        ]  # fmt: skip
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        log = (tmp_path / "data" / "gunicorn.log").read_text()
    assert done.returncode == 0, done.stdout
    assert "Traceback" not in log
