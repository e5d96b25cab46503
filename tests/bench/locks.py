"""How long others wait while a large load stores: 40,000 responses with 3 slots each, and then 3 annotators' scores of each.

Beside it 8 annotators save drafts over HTTP. Printed are how long the longest took, and how often each status was answered. Half
of it is a question of how busy the machine is: its load is printed too.
"""

import json
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Event, Process, Queue
from pathlib import Path
from typing import Any

from tests.bench.loading import WORDS, measured, project
from tests.bench.study import Client
from tests.installation import Installation

QUERIES, SYSTEMS, RATERS, PEOPLE = 20_000, ("alder", "larch"), 3, 8
RATED = ("text_quality", "method_quality", "creativity")
OF_IMAGES = ("image_quality", "text_image_coherence", "stylistic_consistency")


def locks() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with project(folder / "data") as made:
            made.manage("load_items", str(write_items(folder / "few.jsonl", range(-100, 0))), "--project", "bench")
            tokens = made.tokens("bench", {f"a{number}": "annotator" for number in range(PEOPLE)})
            items, scores = write_items(folder / "items.jsonl", range(QUERIES)), write_scores(folder / "scores.csv")
            for command, file in (("load_items", items), ("load_scores", scores)):
                with drafts(made, tokens) as waits:
                    took, memory, report = measured(made, command, str(file), "--project", "bench")
                added = report["responses"] if command == "load_items" else report["annotations"]
                seconds, answers = waits
                print(
                    f"  {command:<12} of {added:>7,} rows {took:6.1f} s {memory:5.0f} MB   longest draft of "
                    f"{sum(answers.values()):,} {seconds:5.2f} s   answers {dict(answers)}   "
                    f"load of the machine {os.getloadavg()[0]:.1f}",
                    flush=True,
                )


def write_items(file: Path, queries: range) -> Path:
    words = random.Random(6)
    with file.open("w") as out:
        for number in queries:
            question = {"text": " ".join(words.choices(WORDS, k=60))}
            for system in SYSTEMS:
                answer = [{"text": " ".join(words.choices(WORDS, k=120))} for _block in range(3)]
                record = {"id": f"PBL-{number}", "model": system, "question": [question], "answer": answer}
                out.write(json.dumps(record) + "\n")
    return file


def write_scores(file: Path) -> Path:
    with file.open("w") as out:
        out.write("id,model,annotator,criterion,score\n")
        for number in range(QUERIES):
            for system in SYSTEMS:
                for rater in range(RATERS):
                    values = {key: str(1 + (number + rater) % 6) for key in RATED} | dict.fromkeys(OF_IMAGES, "na")
                    out.writelines(f"PBL-{number},{system},rater{rater},{key},{value}\n" for key, value in values.items())
    return file


@contextmanager
def drafts(made: Installation, tokens: list[str]) -> Iterator[list[Any]]:
    """Annotators save drafts meanwhile. In the end the list has the seconds of the longest, and how often each status came."""
    stop, results, waits = Event(), Queue(), list[Any]()
    people = [Process(target=save_drafts, args=(made.url, token, stop, results)) for token in tokens]
    for person in people:
        person.start()
    time.sleep(2)
    yield waits
    stop.set()
    done = [results.get() for _person in people]
    for person in people:
        person.join()
    waits += [max(longest for longest, _answers in done), sum((answers for _longest, answers in done), Counter[int]())]


def save_drafts(url: str, token: str, stop: Any, results: Any) -> None:
    longest, answers = 0.0, Counter[int]()
    client = Client(url, token)
    _took, claim = client.post("/api/v1/projects/bench/claim/")
    path = f"/api/v1/assignments/{claim['assignment']['id']}/draft/"
    while not stop.is_set():
        start = time.perf_counter()
        answers[client.send("PUT", path, {"scores": {"creativity": 1 + sum(answers.values()) % 6}})[0]] += 1
        longest = max(longest, time.perf_counter() - start)
        time.sleep(0.2)
    results.put((longest, answers))
