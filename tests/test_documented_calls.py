"""The example of docs/api.md works as it stands there: with curl, and in Python until nothing is left."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.databases import DEMO, ROOT
from tests.factories import record
from tests.installation import installation

BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def test_a_script_scores_as_the_documentation_says(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    claim, submit = (text for kind, text in BLOCK.findall(page) if kind == "sh")
    [script] = (text for kind, text in BLOCK.findall(page) if kind == "python")
    with installation(tmp_path / "data", of=DEMO) as made:
        made.manage("create_project", "own", "--rubric", "mmie-pbl")
        (tmp_path / "items.json").write_text(json.dumps([record(number) for number in range(3)]))
        made.manage("load_items", str(tmp_path / "items.json"), "--project", "own")
        [token] = made.tokens("own", {"fay": "annotator"})
        environment = {"PATH": "/usr/bin:/bin", "SIXPOINT": made.url, "PROJECT": "own", "TOKEN": token}

        def run(*command: str, **more: str) -> str:
            done = subprocess.run(command, cwd=tmp_path, env=environment | more, capture_output=True, text=True, check=True)
            return done.stdout

        run("sh", "-c", claim)
        held = json.loads((tmp_path / "claim.json").read_text())
        scores = {one["key"]: one["levels"][0]["value"] for one in held["rubric"]["criteria"] if one["kind"] == "rated"}
        (tmp_path / "judgement.json").write_text(json.dumps({"scores": scores, "feedback": "By hand."}))
        number = held["assignment"]["id"]
        answers = [json.loads(run("sh", "-c", submit, ID=str(number))) for _twice in "ab"]
        submitted = run(sys.executable, "-c", script).splitlines()
    assert [(answer["assignment"], answer["revision"]) for answer in answers] == [(number, 1)] * 2
    assert (len(submitted), len(set(submitted))) == (2, 2)  # and one by curl: nothing is left
