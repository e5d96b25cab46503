from pathlib import Path
from typing import Any

from annotation.exporters import LabelRecord, write
from tests.annotation.exporters.records import content, files_of, label
from tests.annotation.exporters.training.test_pairs import response


def counts(tmp_path: Path, *labels: LabelRecord, **settings: Any) -> dict[str, int]:
    made: dict[str, int] = write(content(*labels, **settings), tmp_path)["counts"]
    return {name: made[name] for name in ("without_feedback", "scores_not_applicable", "pairs", "pairs_of_different_images")}


def test_the_manifest_counts_what_the_files_leave_out(tmp_path: Path) -> None:
    labels = (label(fitting_feedback=None), label(id="PBL-2"), response("a", 4.0, id="PBL-3"), response("b", 1.0, id="PBL-3"))
    assert counts(tmp_path, *labels, template="mmie") == {
        "without_feedback": 1,
        "scores_not_applicable": 4,  # of each label one criterion is
        "pairs": 1,
        "pairs_of_different_images": 0,
    }


def test_a_template_that_asks_for_no_feedback_leaves_nothing_out(tmp_path: Path) -> None:
    assert counts(tmp_path / "one", label(fitting_feedback=None))["without_feedback"] == 0
    alone = counts(tmp_path / "two", label(fitting_feedback=None), template="mmie", score_without_feedback=True)
    assert alone["without_feedback"] == 1


def test_every_tool_has_a_file_for_every_split() -> None:
    names = set(files_of("training", label(split="test")))
    splits = ("train", "check", "test")
    assert names == {
        *(f"internvl/{split}.jsonl" for split in splits),
        *(f"sharegpt/{split}.json" for split in splits),
        *(f"swift/{split}/{name}.jsonl" for split in splits for name in ("messages", "scores")),
        *(f"pairs/swift-{split}.jsonl" for split in splits),
        *(f"pairs/sharegpt-{split}.json" for split in splits),
        "internvl/meta.json",
        "sharegpt/dataset_info.json",
        "pairs/dataset_info.json",
        "swift/criteria.json",
    }
