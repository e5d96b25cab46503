"""An installation as an engineer makes it: commands as processes, gunicorn over HTTP, a database of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.databases import MIGRATED, ROOT, State, own_database

DEMO = ROOT / "fixtures" / "demo"
BUSY = 503
RUBRICS = sorted(str(path) for path in (ROOT / "fixtures" / "rubrics").glob("mmie-*.yaml"))


TOKENS = """
import json, os
from annotation.flow.accounts.tokens import new_token
from annotation.flow.setup.projects import add_member
from annotation.models import Project
project = Project.objects.get(slug=os.environ["PROJECT"])
made = [add_member(username=name, project=project, role=role, create=True)
        for name, role in json.loads(os.environ["PEOPLE"]).items()]
print(json.dumps([new_token(user=membership.user, days=1) for membership in made]))
"""


def command(name: str, *arguments: str) -> list[str]:
    """manage.py without Django's checks of the code, which take as long as most commands and find the same each time."""
    unchecked = [] if name in ("shell", "verify_release") else ["--skip-checks"]  # the two have none, and no such option
    return [sys.executable, "manage.py", name, *unchecked, *arguments]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Installation:
    environment: dict[str, str]
    url: str
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)  # the last one serves

    def serve(self) -> None:
        """Start the server, and wait until it answers."""
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        serving = [gunicorn, "config.wsgi", "--bind", self.url.removeprefix("http://")]
        with Path(self.environment["DATA_DIR"], "gunicorn.log").open("ab") as log:
            server = subprocess.Popen(serving, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        self.servers.append(server)
        wait_until_ready(self, server)

    def kill(self) -> None:
        """End the server and its workers at once, whatever they are doing."""
        os.killpg(self.servers[-1].pid, signal.SIGKILL)
        self.servers[-1].wait(timeout=30)

    def run(self, code: str, **values: str) -> Any:
        """What Python code prints as JSON, run where the installation's data are."""
        environment = {**self.environment, **values}
        done = subprocess.run(
            command("shell", "-v0", "-c", code), cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return json.loads(done.stdout)

    @property
    def server(self) -> int:
        """gunicorn's process, which has a child for each worker."""
        return self.servers[-1].pid

    def manage(self, *arguments: str) -> Any:
        """What the command prints with --json; a refusal is an error with its message."""
        done = subprocess.run(command(*arguments, "--json"), cwd=ROOT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stderr}")
        return json.loads(done.stdout)

    @property
    def demo_password(self) -> str:
        """That of all the people of the demo, where it was made."""
        return Path(self.environment["DATA_DIR"], "demo_password").read_text().strip()

    def tokens(self, project: str, people: dict[str, str]) -> list[str]:
        """A token for each, given by name and role: by one process, where add_member would be one each."""
        return list(self.run(TOKENS, PEOPLE=json.dumps(people), PROJECT=project))

    def api(self, method: str, path: str, token: str, body: Any = None) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=180) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())

    def insist(self, method: str, path: str, token: str, body: Any = None) -> Answer:
        """As `api`, and again for as long as the server says that it is busy, as it asks its clients to do."""
        while (answer := self.api(method, path, token, body)).status == BUSY:
            time.sleep(float(answer.headers["Retry-After"]))
        return answer


@contextmanager
def installation(folder: Path, *, of: State = MIGRATED) -> Iterator[Installation]:
    """In this state, and served until the end; on PostgreSQL where the suite runs on it, else on SQLite."""
    with own_database(folder, of=of) as database:
        environment = {**os.environ, "DATA_DIR": str(folder), **database}
        made = Installation(environment, f"http://127.0.0.1:{free_port()}")
        try:
            made.serve()
            yield made
        finally:
            made.servers[-1].terminate()
            made.servers[-1].wait(timeout=30)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_until_ready(made: Installation, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        if server.poll() is not None:
            raise RuntimeError("gunicorn ended: see gunicorn.log")
        try:
            if made.api("GET", "/readyz", "").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")
