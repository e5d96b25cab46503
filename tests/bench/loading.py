"""Loads by command: seconds and peak memory of the whole process, at several sizes up to MMIE's, with two systems and with one.

Each query has words of its own and a picture; there are four queries to a picture. A last file has 10,000 bad records.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tests.installation import ROOT, RUBRICS, Installation, installation

SYSTEMS = ("alder", "larch")
SIZES = (1_000, 5_000, 20_103)
SHAPES = [*((queries, SYSTEMS) for queries in SIZES), (SIZES[-1], SYSTEMS[:1])]
IMAGES = 5_000
BAD = 10_000
WORDS = [f"{head}{tail}" for head in ("ka", "lo", "mi", "ne", "pu", "ra", "so", "ti") for tail in "abcdefghijklmnopqrstuvwxyz"]


def write_images(folder: Path) -> None:
    """640 x 480, each another; JPEG and PNG in turn, of some 50 and 400 kB."""
    numbers = np.random.default_rng(6)
    (folder / "images").mkdir()
    for number in range(IMAGES):
        coarse = Image.fromarray(numbers.integers(0, 256, (48, 64, 3), dtype=np.uint8))
        picture = coarse.resize((640, 480), Image.Resampling.BICUBIC)
        picture.save(folder / "images" / name_of(number), quality=90, compress_level=1)


def name_of(number: int) -> str:
    return f"{number}.{'png' if number % 2 else 'jpg'}"


def write_items(folder: Path, queries: int, systems: tuple[str, ...]) -> Path:
    """With a picture for every fourth query, as the largest has."""
    words, images = random.Random(6), queries * IMAGES // SIZES[-1]
    file = folder / f"{queries}.json"
    with file.open("w") as out:
        out.write("[")
        for number in range(queries):
            question = {"text": " ".join(words.choices(WORDS, k=60)), "image": f"images/{name_of(number * images // queries)}"}
            for system in systems:
                answer = [{"text": " ".join(words.choices(WORDS, k=120))} for _block in range(3)]
                record = {"id": f"PBL-{number}", "model": system, "question": [question], "answer": answer}
                out.write(("," if number or system != systems[0] else "") + json.dumps(record))
        out.write("]")
    return file


def measured(made: Installation, *arguments: str) -> tuple[float, float, Any]:
    """Seconds and MB at the peak of a command, and what it printed."""
    command = [sys.executable, "manage.py", *arguments, "--json"]
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=made.environment, stdout=out, stderr=subprocess.DEVNULL)
        _pid, _status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        process.returncode = 0
        out.seek(0)
        return took, used.ru_maxrss / 1024, json.loads(out.read())


def loads() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_images(folder)
        for queries, systems in SHAPES:
            file = write_items(folder, queries, systems)
            with project(folder / f"data-{queries}-{len(systems)}") as made:
                took, memory, report = measured(made, "load_items", str(file), "--project", "bench")
            print(
                f"  load of {report['queries']:>6,} queries, {report['responses']:>6,} responses, {report['images']:>5,} images "
                f"{took:6.1f} s {memory:5.0f} MB   {1000 * took / report['responses']:.2f} ms per response",
                flush=True,
            )
        bad = folder / "bad.jsonl"
        bad.write_text('{"id": 1}\n' * BAD)
        with project(folder / "data-bad") as made:
            took, memory, report = measured(made, "load_items", str(bad), "--project", "bench")
        records = len({found["record"] for found in report["rejected"]})
        print(f"  report of {records:,} bad records of {BAD:,} {took:36.1f} s {memory:5.0f} MB")


@contextmanager
def project(folder: Path) -> Iterator[Installation]:
    folder.mkdir()
    with installation(folder) as made:
        made.manage("load_rubric", *RUBRICS)
        made.manage("create_project", "bench", "--rubric", "mmie-pbl")
        yield made
