"""The description for machines: its own library takes it, and each of its record sets gives records."""

import hashlib
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from annotation.exporters import Block, FairRecord, RatingRecord, SeenImage, write
from tests.annotation.exporters.offline import offline
from tests.annotation.exporters.records import content, label
from tests.factories import png

READ = """
import json, logging, sys
from mlcroissant import Dataset
dataset = Dataset(jsonld=sys.argv[1] + "/croissant.json")
issues = dataset.metadata.ctx.issues
first = {record_set.id: next(iter(dataset.records(record_set.id))) for record_set in dataset.metadata.record_sets}
first.get("images", {}).pop("images/content", None)
print(json.dumps([str(dataset.metadata.ctx.conforms_to.value), sorted(issues.errors), first], default=bytes.decode))
"""
RATINGS = (
    RatingRecord("PBL-1", "s", 0, "train", "r@1", "a1", "text", 3, 1, 1, "annotator", None, "", 41, "2026-11-23"),
    RatingRecord("PBL-2", "s", 0, "", "r@1", "a1", "text", None, 2, 0, "annotator", 3, "Clear.", None, "2026-11-24"),
)
SEEN = SeenImage("a.png", "b.jpg", ("turned",))


def described(folder: Path, *labels: Any, **more: Any) -> dict[str, Any]:
    folder.mkdir()
    write(content(*labels, ratings=RATINGS, images={"a.png": png()}, **more), folder)
    document: dict[str, Any] = json.loads((folder / "croissant.json").read_text())
    return document


def test_its_library_takes_it_and_each_record_set_gives_a_record(tmp_path: Path) -> None:
    exact = {"overall": Fraction(5, 2), "percent": Fraction(42), "fair": FairRecord(2.5, 0.25, None)}  # pandas reads others anew
    described(tmp_path / "out", label(**exact), label(id="PBL-2", split="check"), seen=[SEEN])
    assert json.loads(offline(READ, tmp_path / "out", tmp_path)) == [
        "http://mlcommons.org/croissant/1.1",
        [],
        {
            "labels": {
                "labels/id": "PBL-1", "labels/system": "s", "labels/sample": 0, "labels/category": "c", "labels/field": "art",
                "labels/subfield": "", "labels/rubric": "r@1", "labels/split": "train", "labels/overall": 2.5,
                "labels/score": 2,
                "labels/percent": 42.0, "labels/how": "adjudicated", "labels/revised": True, "labels/fair": 2.5,
                "labels/fair_se": 0.25, "labels/question_texts": ["Q"], "labels/question_images": ["a.png"],
                "labels/correct_answer_texts": [], "labels/correct_answer_images": [], "labels/response_texts": ["A"],
                "labels/response_images": [""],
            },
            "ratings": {
                "ratings/id": "PBL-1", "ratings/system": "s", "ratings/sample": 0, "ratings/split": "train",
                "ratings/rubric": "r@1", "ratings/annotator": "a1", "ratings/criterion": "text", "ratings/score": 3,
                "ratings/revision": 1, "ratings/first": 1, "ratings/role": "annotator", "ratings/confidence": None,
                "ratings/comment": None, "ratings/active_seconds": 41, "ratings/submitted_at": "2026-11-23",
            },
            "images": {"images/name": "a.png"},
        },
    ]  # fmt: skip


def test_a_release_without_images_has_no_records_of_them(tmp_path: Path) -> None:
    document = described(tmp_path / "out", label(question=(Block("Q", None),)))
    assert [records["@id"] for records in document["recordSet"]] == ["labels", "ratings"]
    assert set(json.loads(offline(READ, tmp_path / "out", tmp_path))[2]) == {"labels", "ratings"}


def test_every_file_is_named_with_its_hash_but_images_and_what_is_written_after(tmp_path: Path) -> None:
    document = described(tmp_path / "out", label(), label(id="PBL-2", split="check"))
    hashes = {file["contentUrl"]: file["sha256"] for file in document["distribution"] if file["@type"] == "cr:FileObject"}
    paths = {path.relative_to(tmp_path / "out").as_posix(): path for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert hashes == {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in paths.items()
        if not name.endswith(".png") and name not in ("croissant.json", "manifest.json")
    }


def test_the_responsible_fields_say_how_many_judged_and_nothing_of_whom(tmp_path: Path) -> None:
    document = described(tmp_path / "out", label(), seen=[SEEN])
    said = {key.removeprefix("rai:"): value for key, value in document.items() if key.startswith("rai:")}
    assert said["annotationsPerItem"] == "3 of 3 annotators scored each response. 1 adjudicator decided disputes."
    assert said["dataPreprocessingProtocol"] == ["1 image: turned upright, as its EXIF says"]
    assert said["dataCollectionMissingData"] == "No response was left out."
    assert {"dataCollection", "dataAnnotationProtocol", "annotatorDemographics", "dataUseCases", "dataLimitations"} < set(said)
