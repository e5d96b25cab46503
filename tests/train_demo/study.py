"""A project of drawn responses: three simulated annotators score them, a few disputes are decided, and a release is made."""

import csv
import json
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

from django.core.management import call_command

from annotation.flow import adjudicate
from annotation.models import Project, User
from tests.train_demo.drawing import Drawn, picture

SLUG = "drawn-shapes"
RUBRIC = Path(__file__).with_name("rubric.yaml")
ANNOTATORS = ("ana", "bo", "chen")
EXACT, NEIGHBOUR = 0.85, 0.985  # how often an annotator gives the right level, and at most one beside it; else any level
DECIDED = 12
LOWEST, HIGHEST = 1, 6


def write_items(folder: Path, drawn: Sequence[Drawn], *, seed: int) -> Path:
    (folder / "images").mkdir(parents=True)
    for response in drawn:
        picture(response, seed=seed).save(folder / response.image_name)
    file = folder / "items.json"
    file.write_text(json.dumps([response.record for response in drawn]))
    return file


def write_scores(folder: Path, drawn: Sequence[Drawn], *, seed: int) -> Path:
    file = folder / "scores.csv"
    with file.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["id", "model", "annotator", "criterion", "score"])
        rows.writerows(ratings(drawn, seed=seed))
    return file


def ratings(drawn: Sequence[Drawn], *, seed: int) -> Iterator[tuple[str, str, str, str, int]]:
    """A row per response, annotator and criterion."""
    for name in ANNOTATORS:
        random = Random(f"{seed}:{name}")
        for response in drawn:
            for criterion, level in response.truth.items():
                yield (*response.key, name, criterion, judged(level, random))


def judged(level: int, random: Random) -> int:
    chance = random.random()
    if chance < EXACT:
        return level
    if chance < NEIGHBOUR:
        return min(HIGHEST, max(LOWEST, level + random.choice((-1, 1))))
    return random.randint(LOWEST, HIGHEST)


def make_release(folder: Path, drawn: Sequence[Drawn], *, seed: int) -> tuple[Path, dict[str, Any]]:
    """The folder of a release of the responses, and what the command says of it. Needs a database that is migrated."""
    command("load_rubric", RUBRIC)
    command("create_project", SLUG, "--rubric", SLUG, "--seed", seed)
    command("load_items", write_items(folder / "items", drawn, seed=seed), "--project", SLUG)
    command("load_scores", write_scores(folder, drawn, seed=seed), "--project", SLUG)
    command("add_member", "ada", "--project", SLUG, "--role", "adjudicator", "--create")
    decide({response.key: response.truth for response in drawn})
    out = folder / "release"
    return out, command("release", "--project", SLUG, "--out", out, "--seed", seed, "--template", "criteria")


def decide(truth: dict[tuple[str, str], dict[str, int]]) -> None:
    """The adjudicator gives the right level in some cases; the others keep waiting, and stay out of the release."""
    project, ada = Project.objects.get(slug=SLUG), User.objects.get(username="ada")
    for _case in range(DECIDED):
        review = adjudicate.claim(project=project, by=ada)
        assert review is not None
        case = review.adjudication
        right = truth[case.task.response.query.external_id, case.task.response.system]
        asked = [decision.criterion.key for decision in case.decisions.all()]
        adjudicate.score_blind(case=case.pk, by=ada, answers={key: right[key] for key in asked})
        decisions = {key: {"score": right[key], "cause": "slip", "reason": "Counted again."} for key in asked}
        adjudicate.decide(case=case.pk, by=ada, decisions=decisions)


def migrate() -> None:
    call_command("migrate", verbosity=0)


def command(name: str, *arguments: object) -> Any:
    output = StringIO()
    call_command(name, *map(str, arguments), "--json", stdout=output, stderr=StringIO())
    return json.loads(output.getvalue())
