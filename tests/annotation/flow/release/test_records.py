"""What a release says of people, images and answers; whole files by equality, so that both databases write the same."""

import csv
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from annotation.errors import Refused
from annotation.flow.agree import report
from annotation.flow.release import Options, release
from annotation.flow.release.content import steady
from annotation.imaging.as_seen import as_seen
from annotation.models import Project, Release, Task
from config.version import code_version
from tests.factories import block, judge, judged, load, make_member, make_project, make_rubric, png, record
from tests.pictures import exif, picture, saved

pytestmark = pytest.mark.django_db

TABLES = ["ratings.csv", "ratings_wide.csv", "remarks.csv"]
ANA, BO, CHEN = "aff861186c943", "ac27ceca40df4", "a12b1d6c6101c"


def with_key(project: Project, key: str = "a key that tests know") -> Project:
    Project.objects.filter(pk=project.pk).update(pseudonym_key=key)
    return Project.objects.get(pk=project.pk)


def judge_all(project: Project, level: int = 4, names: Sequence[str] = ("ana", "bo", "chen")) -> None:
    annotators = [make_member(project, name) for name in names]
    for task in Task.objects.filter(project=project):
        for user in annotators:
            judge(task, user, text=level, images=level if any(part["image"] for part in task.response.blocks) else "na")


def splits(folder: Path) -> dict[tuple[str, str], str]:
    lines = map(json.loads, (folder / "labels.jsonl").read_text().splitlines())
    return {(line["id"], line["system"]): line["split"] for line in lines}


def annotators(folder: Path) -> set[str]:
    with (folder / "ratings.csv").open(newline="") as file:
        return {row["annotator"] for row in csv.DictReader(file)}


def test_labels_and_ratings_are_written_to_the_byte(tmp_path: Path) -> None:
    project = with_key(make_project(title="Study"))
    disputed = [2, 3, {"text": 3, "penalties": ["harm"], "feedback": "too loud"}]
    agreed = [{"text": text, "feedback": feedback} for text, feedback in ((5, "b"), (5, "c"), (4, "a"))]
    judged(project, [disputed, agreed])
    release(project=project, out=tmp_path / "out", options=Options(check_size=0))
    assert (tmp_path / "out" / "labels.jsonl").read_text() == (
        '{"id":"PBL-0002","system":"system-a","sample":0,"category":"project-based-learning","field":"","subfield":"",'
        '"rubric":"small@1","split":"train","overall":4.666666666666667,"score":5,"percent":77.77777777777777,"how":"agreed",'
        '"revised":false,"fair":{"value":4.6171,"se":0.2306,"reason":""},'
        '"criteria":[{"key":"text","label":4.666666666666667,"ratings":[4,5,5],"spread":1,'
        '"soft":[0.0,0.0,0.0,0.3333333333333333,0.6666666666666666,0.0],"contradicted":false,"how":"agreed",'
        '"fair":{"value":4.608,"se":0.3282,"reason":""}},'
        '{"key":"images","label":null,"ratings":[null,null,null],"spread":null,"soft":[],"contradicted":false,"how":"agreed",'
        '"fair":{"value":null,"se":null,"reason":"nothing has been rated"}}],'
        '"penalties":[{"key":"harm","label":false,"ratings":[false,false,false],"how":"agreed"}],'
        '"errors":[],"feedback":["a","b","c"],"question":[{"text":"Question 2","image":""}],"correct_answer":[],'
        '"response":[{"text":"Answer 2","image":""}]}\n'
    )
    expected = [
        "id,system,sample,split,rubric,annotator,criterion,score,revision,first,role,confidence,comment,active_seconds,submitted_at"
    ]
    today = timezone.now().date().isoformat()
    for query, split, who, text, harm, comment in [
        ("PBL-0001", "", CHEN, 3, 1, "too loud"),
        ("PBL-0001", "", BO, 3, 0, ""),
        ("PBL-0001", "", ANA, 2, 0, ""),
        ("PBL-0002", "train", CHEN, 4, 0, "a"),
        ("PBL-0002", "train", BO, 5, 0, "c"),
        ("PBL-0002", "train", ANA, 5, 0, "b"),
    ]:
        start, end = f"{query},system-a,0,{split},small@1,{who}", f"1,1,annotator,,{comment},0,{today}"
        expected += [f"{start},text,{text},{end}", f"{start},images,,{end}", f"{start},harm,{harm},{end}"]
    assert (tmp_path / "out" / "ratings.csv").read_text().split("\n") == [*expected, ""]


def test_an_annotator_has_one_pseudonym_in_all_releases_of_a_project_and_another_elsewhere(tmp_path: Path) -> None:
    project = make_project(overlap=1)
    judged(project, [[4]])
    release(project=project, out=tmp_path / "one")
    load(project, [record(2)])
    judge(Task.objects.get(response__query__external_id="PBL-0002"), make_member(project, "ana"))
    release(project=project, out=tmp_path / "two")
    elsewhere = make_project(slug="elsewhere", overlap=1, rubrics=["small"])
    judged(elsewhere, [[4]])
    release(project=elsewhere, out=tmp_path / "three")
    one, two, three = (annotators(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two
    assert len(one | three) == 2


@pytest.mark.parametrize("one", ["question", "answer", "gt_answer"])
@pytest.mark.parametrize("other", ["question", "answer"])
def test_an_image_that_two_queries_show_keeps_them_on_one_side(tmp_path: Path, one: str, other: str) -> None:
    project = make_project(overlap=1)
    load(
        project,
        [record(1, **{one: [block("x", "a.png")]}), record(2, **{other: [block("x", "b.png")]})],
        {"a.png": png(), "b.png": png()},
    )
    judge_all(project, names=["ana"])
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    assert made.manifest["split"] == {"train": 2, "check": 0, "test": 0}


def test_an_image_that_a_plain_reader_would_show_otherwise_is_released_as_it_was_seen(tmp_path: Path) -> None:
    turned, plain = saved(picture(), "JPEG", exif=exif(6)), png()
    project = make_project()
    load(project, [record(answer=[block(None, "a"), block("A", "b")])], {"a": turned, "b": plain})
    judge_all(project)
    made = release(project=project, out=tmp_path / "out", options=Options(originals=True))
    release(project=project, out=tmp_path / "without")
    seen, original, other = (hashlib.sha256(content).hexdigest() for content in (as_seen(turned), turned, plain))
    assert made.manifest["images"] == [{"name": f"{seen}.png", "original": f"{original}.jpg", "reasons": ["turned"]}]
    files = {path.name: path.read_bytes() for folder in ("images", "originals") for path in (tmp_path / "out" / folder).iterdir()}
    assert files == {f"{seen}.png": as_seen(turned), f"{other}.png": plain, f"{original}.jpg": turned}
    assert "1: turned upright, as its EXIF says" in (tmp_path / "out" / "README.md").read_text()
    (line,) = (json.loads(line) for line in (tmp_path / "out" / "internvl" / "train.jsonl").read_text().splitlines())
    assert line["image"] == [f"{seen}.png", f"{other}.png"]
    assert not (tmp_path / "without" / "originals").exists()


def test_images_are_released_once_and_as_they_were_uploaded(tmp_path: Path) -> None:
    project = make_project()
    pictures = {"red.png": png("red"), "blue.png": png("blue"), "green.png": png("green")}
    asked = [("red.png", "blue.png"), ("green.png", None), ("blue.png", None), (None, None)]
    records = [
        record(number, question=[block(f"Q{number}", question)], answer=[block("A", answer)])
        for number, (question, answer) in enumerate(asked, 1)
    ]
    load(project, records, pictures)
    judge_all(project)
    out = tmp_path / "out"
    release(project=project, out=out, options=Options(check_size=2))
    names = {name: f"{hashlib.sha256(content).hexdigest()}.png" for name, content in pictures.items()}
    assert {path.name: path.read_bytes() for path in (out / "images").iterdir()} == {
        names[name]: content for name, content in pictures.items()
    }
    lines = [json.loads(line) for path in (out / "internvl").glob("*.jsonl") for line in path.read_text().splitlines()]
    assert {line["id"]: line.get("image") for line in lines} == {
        "PBL-0001/system-a/0": [names["red.png"], names["blue.png"]],
        "PBL-0002/system-a/0": [names["green.png"]],
        "PBL-0003/system-a/0": [names["blue.png"]],
        "PBL-0004/system-a/0": None,
    }


def test_an_original_that_is_gone_is_named_and_leaves_nothing(tmp_path: Path, own_images: Path) -> None:
    project = make_project()
    load(project, [record(answer=[block(None, "a.png")])], {"a.png": png()})
    judge_all(project)
    (original,) = (own_images / "originals").rglob("*.png")
    original.unlink()
    with pytest.raises(Refused, match=f"^image {original.name}: its original cannot be read: "):
        release(project=project, out=tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["stored"]
    assert Release.objects.count() == 0


@pytest.mark.parametrize("shows", [True, False])
def test_the_scorer_is_shown_the_correct_answer_by_rubrics_that_show_it(tmp_path: Path, shows: bool) -> None:
    project = make_project(rubrics=[make_rubric(slug="shown", shows_correct_answer=shows).name])
    load(project, [record(number, gt_answer="It is 42.") for number in (1, 2)])
    judge_all(project)
    release(project=project, out=tmp_path / "out", options=Options(check_size=1))
    check = (tmp_path / "out" / "internvl" / "check.jsonl").read_text()
    (scored,) = json.loads((tmp_path / "out" / "mmie" / "data.json").read_text())
    assert ("## Correct answer\\nIt is 42." in check, scored["gt_answer"][0]["text"]) == (shows, "It is 42." if shows else "")


def test_a_held_out_system_stays_in_check_and_leaves_train_by_name(tmp_path: Path) -> None:
    project = make_project()
    load(project, [record(number, model=system) for number in (1, 2) for system in ("a", "b")])
    judge_all(project)
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=2, hold_out=["b", "b"]))
    check = {key for key, split in splits(tmp_path / "out").items() if split == "check"}
    ((query, system),) = set(splits(tmp_path / "out")) - check
    assert check == {(other, name) for name in ("a", "b") for other in ("PBL-0001", "PBL-0002") if other != query}
    assert system == "a"
    left = {"id": query, "system": "b", "sample": 0, "rubric": "small@1", "reason": "system_held_out"}
    assert made.manifest["left_out"] == [left]
    assert made.manifest["hold_out"] == ["b"]


RULE = {
    "label": "mean",
    "pair_gap": 2,
    "group_range": 3,
    "penalties": True,
    "applicability": True,
    "holistic": True,
    "cut_off": None,
    "labels_from": "newest",
}  # of a new project


def test_the_manifest_holds_the_state_of_the_project_and_no_time(tmp_path: Path) -> None:
    slugs = ["aa", "a_b", "a-b"]  # a database may sort them otherwise
    rubrics = [make_rubric(slug=slug, category=f"category-{slug}").name for slug in slugs]
    project = make_project(rubrics=[*rubrics, make_rubric().name])
    judged(project, [[4, 4, 5], [1, 1, 6], [2, 2, None], [6, 5, 6]])
    made = release(project=project, out=tmp_path / "out", options=Options(check_size=1, seed=7))
    manifest: dict[str, Any] = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert made.manifest == manifest
    files, _own_hash = manifest.pop("files"), manifest.pop("sha256")
    assert list(manifest.pop("splits")) == ["train", "check", "test"]  # test_division.py compares what they hold
    assert [rubric.pop("slug") for rubric in manifest["rubrics"]] == ["a-b", "a_b", "aa", "small"]
    assert [sorted(rubric) for rubric in manifest.pop("rubrics")] == [["hash", "version"]] * 4
    assert list(files) == sorted(files)
    assert manifest == {
        "project": "study",
        "title": project.title,
        "code_version": code_version(),
        "options": Options(check_size=1, seed=7).as_values(),
        "seed": 7,
        "check_size": 1,
        "hold_out": [],
        "template": "scores",
        "score_without_feedback": False,
        "split": {"train": 1, "check": 1, "test": 0},
        "split_from": None,
        "rule": RULE,
        "people": {"annotators": 3, "adjudicators": 0, "annotators_per_response": {"3": 2}, "imported": 0},
        "images": [],
        "counts": {
            "labelled": 2,
            "not_judged": 1,
            "disputed": 1,
            "unusable": 0,
            "not_applicable": 0,
            "released": 2,
            "agreed": 2,
            "adjudicated": 0,
            "revised": 0,
            "ratings": 11 * 3,
            "scores_not_applicable": 2,  # no image was shown
            **dict.fromkeys(("not_independent", "without_feedback", "pairs", "pairs_of_different_images"), 0),
            **dict.fromkeys(("mmie_cut", "mmie_dropped", "mmie_correct_answer_cut", "mmie_no_category", "mmie_samples"), 0),
        },
        "agreement": steady(report.agreement_report(project)["groups"]),
        "left_out": [
            {"id": "PBL-0002", "system": "system-a", "sample": 0, "rubric": "small@1", "reason": "disputed"},
            {"id": "PBL-0003", "system": "system-a", "sample": 0, "rubric": "small@1", "reason": "not_judged"},
        ],
        "left_out_counts": {"disputed": 1, "not_judged": 1},
    }
