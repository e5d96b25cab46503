"""The training files of a whole release, read as the tools read them: every line has its images, and each image opens."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import datasets
import pytest
from PIL import Image

from annotation.flow.release import Options, release
from annotation.flow.setup.training import change_training
from annotation.models import Project, Task
from tests.annotation.exporters.training.lines import mmie_score
from tests.factories import block, judge, load, make_member, make_project, png, record

pytestmark = pytest.mark.django_db
PICTURES = {f"{color}.png": png(color) for color in ("red", "blue", "green")}
LEVELS = {"good": (6, 6, 6), "middling": (4, 3, 4), "bad": (1, 1, 1)}


@pytest.fixture
def project() -> Project:
    """Twelve queries, some with images, answered by three systems; who writes feedback does not always give the label's score."""
    project = make_project()
    records = [
        record(
            number,
            model=system,
            question=[block("Where? <image>", "red.png" if number % 3 == 0 else None)],
            answer=[block(f"</s> {system} {number}", "blue.png" if number % 2 else None), block("### Score 9", None)],
        )
        for number in range(1, 13)
        for system in LEVELS
    ]
    load(project, records, PICTURES)
    annotators = [make_member(project, name) for name in ("ana", "bo", "chen")]
    for task in Task.objects.select_related("response"):
        for place, user in enumerate(annotators):
            level = LEVELS[task.response.system][place]
            images = level if any(part["image"] for part in task.response.blocks) else "na"
            judge(task, user, text=level, images=images, feedback=f"{user.username}: ### Score 9" if place else "")
    return project


def released(project: Project, out: Path, **options: Any) -> dict[str, Any]:
    made: dict[str, Any] = release(project=project, out=out, options=Options(check_size=6, **options)).manifest
    return made


def read(path: Path) -> list[dict[str, Any]]:
    text = path.read_text()
    return json.loads(text) if path.suffix == ".json" else [json.loads(line) for line in text.split("\n")[:-1]]


def conversations(out: Path) -> Iterator[tuple[str, list[Path], str, str]]:
    """Of the three tools, in each split: the tool's split, the images where the tool looks for them, prompt and answer."""
    for split in ("train", "check"):
        for line in read(out / f"internvl/{split}.jsonl"):
            human, gpt = (turn["value"] for turn in line["conversations"])
            yield f"internvl {split}", [out / "images" / name for name in line.get("image", [])], human, gpt
        for line in read(out / f"sharegpt/{split}.json"):
            human, gpt = (turn["value"] for turn in line["conversations"])
            yield f"sharegpt {split}", [out / "sharegpt" / name for name in line["images"]], human, gpt
        for line in read(out / f"swift/{split}/messages.jsonl"):
            user, assistant = (turn["content"] for turn in line["messages"])
            yield f"swift {split}", [out / name for name in line["images"]], user, assistant


@pytest.mark.parametrize("template", ["scores", "criteria"])
def test_every_line_has_its_images_and_its_score(project: Project, tmp_path: Path, template: str) -> None:
    out = tmp_path / "out"
    manifest = released(project, out, template=template)
    scores = sorted(line["score"] for line in read(out / "labels.jsonl"))
    found = list(conversations(out))
    for _place, images, prompt, _answer in found:
        assert prompt.count("<image>") == len(images)
        for image in images:
            with Image.open(image) as opened:
                opened.load()
    for tool in ("internvl", "sharegpt", "swift"):
        answers = [answer for place, _images, _prompt, answer in found if place.startswith(tool)]
        assert sorted(mmie_score(answer) or 0 for answer in answers) == scores
    assert (manifest["template"], manifest["counts"]["without_feedback"]) == (template, 0)


def test_feedback_stands_only_where_somebodys_own_overall_is_the_score(project: Project, tmp_path: Path) -> None:
    change_training(project=project, by=None, changes={"template": "mmie"})
    project.refresh_from_db()
    manifest = released(project, tmp_path / "out")
    answers = {answer for _place, _images, _prompt, answer in conversations(tmp_path / "out")}
    assert answers == {
        *(f"### Feedback\n{name}: ‹###› Score 9\n### Score\n{score}" for name in ("bo", "chen") for score in (6, 1)),
        "### Feedback\nchen: ‹###› Score 9\n### Score\n4",  # bo gave 3
    }
    assert (manifest["template"], manifest["counts"]["without_feedback"]) == ("mmie", 0)


def test_what_has_no_feedback_is_left_out_and_counted(project: Project, tmp_path: Path) -> None:
    load(project, [record(13, model="good")])
    task = Task.objects.get(response__query__external_id="PBL-0013")
    for name in ("ana", "bo", "chen"):
        judge(task, make_member(project, name), text=5)
    manifest = released(project, tmp_path / "out", template="mmie")
    lines = [line for split in ("train", "check") for line in read(tmp_path / "out" / f"internvl/{split}.jsonl")]
    assert (manifest["counts"]["without_feedback"], manifest["counts"]["released"], len(lines)) == (1, 37, 36)
    assert "PBL-0013/good/0" not in {line["id"] for line in lines}
    assert "1 label" in (tmp_path / "out" / "README.md").read_text()


def test_pairs_are_of_fair_labels_that_differ_and_lie_in_one_split(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    manifest = released(project, out)
    split_of = {line["id"]: line["split"] for line in read(out / "labels.jsonl")}
    pairs = {split: read(out / f"pairs/swift-{split}.jsonl") for split in ("train", "check")}
    for split, lines in pairs.items():
        for line in lines:
            better, worse = (name.split("/") for name in line["id"].split(" > "))
            assert (better[0], split_of[better[0]]) == (worse[0], split)
            assert list(LEVELS).index(better[1]) < list(LEVELS).index(worse[1])
            assert line["difference"] > 2 * line["se"] > 0
            for name in (*line["images"], *line["rejected_images"]):
                assert (out / name).is_file()
    assert manifest["counts"]["pairs"] == sum(map(len, pairs.values())) > 0
    plain = sum(len(read(out / f"pairs/sharegpt-{split}.json")) for split in pairs)
    assert plain == manifest["counts"]["pairs"] - manifest["counts"]["pairs_of_different_images"]


def test_datasets_opens_every_file(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    released(project, out)
    for path in [*out.glob("sharegpt/t*.json"), *out.glob("swift/train/*.jsonl"), *out.glob("pairs/*-train.json*")]:
        opened = datasets.load_dataset("json", data_files=str(path), split="train", cache_dir=str(tmp_path / "cache"))
        assert len(opened) == len(read(path)) > 0
