"""What a backup costs, of a study half of whose slots are done, and the way back."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from tests.backups import elsewhere, with_programs
from tests.bench.study import in_shell, study
from tests.bench.throughput import HALF_DONE, PEOPLE
from tests.installation import ROOT, command


def backups() -> None:
    with study() as made, tempfile.TemporaryDirectory() as name:
        made.tokens("bench", dict.fromkeys(PEOPLE, "annotator"))
        in_shell(made, HALF_DONE)
        environment, first, second = with_programs(made.environment), Path(name, "first"), Path(name, "second")
        timed("backup", environment, "backup", str(first))
        timed("backup --since", environment, "backup", str(second), "--since", str(first))
        size = sum(path.stat().st_size for path in first.rglob("*") if path.is_file())
        print(f"  bytes {size:42,}")
        with elsewhere(Path(name, "data")) as empty:
            timed("restore", empty, "restore", str(first))


def timed(what: str, environment: dict[str, str], *arguments: str) -> None:
    started, before = time.monotonic(), os.times()
    subprocess.run(command(*arguments), cwd=ROOT, env=environment, check=True, capture_output=True)
    cpu = os.times().children_user + os.times().children_system - before.children_user - before.children_system
    print(f"  {what:16} {time.monotonic() - started:20.1f} s   CPU {cpu:.1f} s")
