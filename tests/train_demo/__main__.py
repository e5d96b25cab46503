"""Proves that a release trains a scorer, in some minutes on two cores: make train-demo, or python -m tests.train_demo.

Draws responses, has them scored, makes a release, trains a small model and its blind twin on the release's files, has both score
the check split, and compares that with the truth. Its database and files are its own, and go when it ends.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.data_folder import FOLDER  # first: it says where the settings keep data

os.environ.pop("DATABASE_URL", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django

django.setup()

from tests.databases import ROOT  # noqa: E402
from tests.train_demo.drawing import Drawn, draw_responses  # noqa: E402
from tests.train_demo.report import Row, compare, table, titles  # noqa: E402
from tests.train_demo.study import RUBRIC, SLUG, command, make_release, migrate  # noqa: E402

SEED = 6
QUERIES = 400
TWINS = {"sighted": (), "blind": ("--blind",)}
PROVEN = """
This proves that the files of a release load, that each image is where its line says, that the template tells what to answer, that
the loss falls on the answer, and that the result file is read. It says nothing of quality: what was judged are drawings."""


def train_twins(release: Path, folder: Path) -> dict[str, Path]:
    """The result file of each, trained side by side in a process of its own."""
    results = {name: folder / f"{name}.json" for name in TWINS}
    program = [sys.executable, "-m", "tests.train_demo.train", str(release)]
    running = [subprocess.Popen([*program, str(results[name]), *flags], cwd=ROOT) for name, flags in TWINS.items()]
    statuses = [process.wait() for process in running]
    if any(statuses):
        raise SystemExit("a training failed: its message stands above")
    return results


def judge(drawn: Sequence[Drawn], results: dict[str, Path]) -> list[Row]:
    for name, path in results.items():
        checked = command("check_scorer", path, "--project", SLUG, "--scorer", name)
        pearson = checked["overall"]["pearson"]["value"]
        print(f"check_scorer, {name}: {checked['scored']} of {checked['labels']} scored, Pearson with people {pearson:.3f}")
    sighted, blind = (json.loads(path.read_text()) for path in results.values())
    return compare(drawn, titles(RUBRIC), sighted, blind)


def main() -> int:
    begin, folder = time.monotonic(), Path(FOLDER, "train-demo")
    drawn = list(draw_responses(queries=QUERIES, seed=SEED))
    migrate()
    release, made = make_release(folder, drawn, seed=SEED)
    print(f"{len(drawn)} responses drawn and scored by three; released: {made['split']}, left out: {len(made['left_out'])}")
    print(f"{time.monotonic() - begin:.0f} s", flush=True)
    rows = judge(drawn, train_twins(release, folder))
    print(table(rows), PROVEN, f"{time.monotonic() - begin:.0f} s", sep="\n")
    faults = [row.fault for row in rows if row.fault]
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
