"""Random requests against the OpenAPI, by each role: every answer is one that it describes, in status, type and form.

SCHEMA_EXAMPLES=100 sends many more requests to each call, and those that schemathesis writes down for each kind of fault.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.databases import DEMO
from tests.installation import Installation, installation

PEOPLE = {"fay": "annotator", "ada": "adjudicator", "lea": "manager"}
CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "unsupported_method", "allow_header_conformance"]  # fmt: skip
EXAMPLES = os.environ.get("SCHEMA_EXAMPLES", "")
OUTSIDER = """
import json
from annotation.flow.accounts.tokens import new_token
from annotation.models import User
print(json.dumps(new_token(user=User.objects.create(username="otto"), days=1)))
"""


def test_every_answer_to_every_role_is_described(tmp_path: Path) -> None:
    with installation(tmp_path / "data", of=DEMO) as made:
        tokens = dict(zip(PEOPLE.values(), made.tokens("demo", PEOPLE), strict=True))
        tokens |= {"outsider": made.run(OUTSIDER), "nobody": ""}
        schema = tmp_path / "schema.json"
        schema.write_bytes(made.api("GET", "/api/v1/schema/?format=json", tokens["manager"]).body)
        outputs = {role: failures(made, schema, token) for role, token in tokens.items()}
        log = (tmp_path / "data" / "gunicorn.log").read_text()
    assert outputs == dict.fromkeys(tokens, "")
    assert "Traceback" not in log


def failures(made: Installation, schema: Path, token: str) -> str:
    """What schemathesis says of answers that the schema does not describe; an empty text where there are none."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", str(schema), "--url", made.url,
        *(["--header", f"Authorization: Token {token}"] if token else []), "--checks", ",".join(CHECKS),
        "--phases", "coverage,fuzzing" if EXAMPLES else "fuzzing", "--max-examples", EXAMPLES or "3", "--continue-on-failure",
        "--seed", "6", "--generation-database", "none", "--no-color", "--suppress-health-check", "all", "--warnings", "off",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=schema.parent, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr
