"""Runs the readers of others on a release, in a process that reaches no hub and writes below its own folder alone."""

import os
import subprocess
import sys
from pathlib import Path


def offline(script: str, folder: Path, home: Path) -> str:
    """What the script prints; the folder is its argument."""
    env = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(home / "hub"), "HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", script, str(folder)], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
