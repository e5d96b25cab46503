"""Processes that are killed while they work: forked from one that has everything imported, since most of the time of a command is
the start of Python, and a kill then would show nothing."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from tests.installation import ROOT, command

# For each line of its input, `act(line)` in a process of its own: tells the process, and how it ended.
FORK = """
import os, sys
for line in sys.stdin:
    process = os.fork()
    if not process:
        os.dup2(2, 1)
        act(line.strip())
        os._exit(0)
    print(process, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""


@contextmanager
def processes(environment: dict[str, str], code: str) -> Iterator[Callable[..., int]]:
    """`code` imports what is needed and defines `act(line)`. The function given starts it with these arguments in a line, and
    answers how it ended; it is killed after `kill_after` seconds, if these are named."""
    starter = subprocess.Popen(
        command("shell", "-v0", "-c", code + FORK),
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert starter.stdin
    assert starter.stdout
    told, asked = starter.stdout, starter.stdin

    def start(*arguments: str, kill_after: float | None = None) -> int:
        print(*arguments, file=asked, flush=True)
        process = int(told.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it had ended
                os.kill(process, signal.SIGKILL)
        return int(told.readline())

    with starter:
        yield start
