"""Random requests against the OpenAPI, by each role: whatever is sent, the server has an answer."""

import subprocess
import sys
from pathlib import Path

from tests.databases import DEMO
from tests.installation import installation

PEOPLE = {"fay": "annotator", "ada": "adjudicator", "lea": "manager"}


def test_no_request_makes_a_server_error(tmp_path: Path) -> None:
    with installation(tmp_path / "data", of=DEMO) as made:
        for token in made.tokens("demo", PEOPLE):
            command = [
                str(Path(sys.executable).with_name("schemathesis")), "run", f"{made.url}/api/v1/schema/?format=json",
                "--header", f"Authorization: Token {token}", "--checks", "not_a_server_error", "--max-examples", "5",
                "--seed", "6", "--generation-database", "none", "--no-color", "--suppress-health-check", "all",
            ]  # fmt: skip
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout
        log = (tmp_path / "data" / "gunicorn.log").read_text()
    assert "Traceback" not in log
