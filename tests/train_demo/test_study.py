"""Drawn responses become a release: their annotators, a few decided disputes, and the lines that are trained on."""

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from PIL import Image

from tests.train_demo.drawing import SIZE, draw_responses
from tests.train_demo.lines import level_in, read_lines
from tests.train_demo.report import titles
from tests.train_demo.study import ANNOTATORS, DECIDED, RUBRIC, make_release, ratings

DRAWN = list(draw_responses(queries=400, seed=6))


def test_annotators_are_right_mostly_and_far_off_rarely() -> None:
    truth = {response.key: response.truth for response in DRAWN}
    apart = [abs(level - truth[query, system][criterion]) for query, system, _name, criterion, level in ratings(DRAWN, seed=6)]
    assert len(apart) == len(DRAWN) * len(ANNOTATORS) * 3
    assert 0.84 < apart.count(0) / len(apart) < 0.92
    assert 0.005 < sum(gap > 1 for gap in apart) / len(apart) < 0.02


def test_more_responses_are_in_dispute_than_are_decided() -> None:
    levels = defaultdict(list)
    for query, system, _name, criterion, level in ratings(DRAWN, seed=6):
        levels[query, system, criterion].append(level)
    disputed = {key[:2] for key, given in levels.items() if max(given) - min(given) >= 3}
    assert 2 * DECIDED < len(disputed) < len(DRAWN) / 10


@pytest.mark.django_db
def test_a_release_has_a_line_for_each_label_with_its_image_and_the_level_of_each_criterion(tmp_path: Path) -> None:
    drawn = {response.key: response for response in DRAWN[:240]}
    release, made = make_release(tmp_path, list(drawn.values()), seed=6)
    labels = [json.loads(text) for text in (release / "labels.jsonl").read_text().splitlines()]
    assert Counter(made["split"]) == Counter(label["split"] for label in labels)
    assert len(labels) + len(made["left_out"]) == len(drawn)
    decided = [label for label in labels if label["how"] == "adjudicated"]
    assert 0 < len(decided) <= DECIDED
    for label in decided:
        truth = drawn[label["id"], label["system"]].truth
        settled = [criterion for criterion in label["criteria"] if criterion["how"] == "adjudicated"]
        assert [criterion["label"] for criterion in settled] == [truth[criterion["key"]] for criterion in settled]

    lines = {line.id: line for split in ("train", "check") for line in read_lines(release, split)}
    assert sorted(lines) == [f"{label['id']}/{label['system']}/{label['sample']}" for label in labels]
    named = titles(RUBRIC)
    for label in labels:
        line = lines[f"{label['id']}/{label['system']}/{label['sample']}"]
        assert {criterion["key"]: level_in(line.answer, named[criterion["key"]]) for criterion in label["criteria"]} == {
            criterion["key"]: int(criterion["label"] + 0.5) for criterion in label["criteria"]
        }
        [path] = line.images
        with Image.open(path) as image:
            assert image.size == (SIZE, SIZE)
