import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.exporters import Block, FairRecord, LabelRecord
from annotation.exporters.training.pairs import pairs_of, response_images, sharegpt_line, swift_line
from annotation.exporters.training.templates import safe
from tests.annotation.exporters.records import RUBRIC, files_of, label
from tests.annotation.exporters.training.lines import lines
from tests.annotation.exporters.training.test_literal import TEXTS


def response(system: str, fair: float | None, *blocks: Block, se: float = 0.3, **changes: Any) -> LabelRecord:
    record = FairRecord(None, None, "nothing has been rated") if fair is None else FairRecord(fair, se, None)
    return label(system=system, fair=record, response=blocks or (Block(f"by {system}", None),), **changes)


def ids(name: str, *labels: LabelRecord) -> list[str]:
    return [line["id"] for line in lines(f"pairs/{name}", *labels)]


def test_a_pair_for_ms_swift_has_both_conversations_with_their_own_images() -> None:
    secret = (Block("10", "x.png"),)
    worse = response("a", 2.0, Block("Bad <image>.", "b.png"), correct_answer=secret)
    better = response("b", 4.0, Block(None, "c.png"), Block("Good.", None), correct_answer=secret)
    (line,) = lines("pairs/swift-train.jsonl", worse, better)
    asked = {"role": "user", "content": "Q\nImage-0: <image>"}
    assert line == {
        "id": "PBL-1/b/0 > PBL-1/a/0",
        "difference": 2.0,
        "se": 0.4243,
        "messages": [asked, {"role": "assistant", "content": "Image-1: <image>\nGood."}],
        "images": ["images/a.png", "images/c.png"],
        "rejected_messages": [asked, {"role": "assistant", "content": "Bad ‹image›.\nImage-1: <image>"}],
        "rejected_images": ["images/a.png", "images/b.png"],
    }


def test_a_pair_for_llama_factory_has_one_list_of_images_for_both() -> None:
    shown = (response("a", 4.0, Block("A", "b.png")), response("b", 2.0, Block("B", "c.png")))
    plain = (response("a", 4.0, id="PBL-2", question=(Block("Q", "a.png"),)), response("b", 2.0, id="PBL-2"))
    (line,) = lines("pairs/sharegpt-train.json", *shown, *plain)
    assert line == {
        "id": "PBL-2/a/0 > PBL-2/b/0",
        "difference": 2.0,
        "se": 0.4243,
        "conversations": [{"from": "human", "value": "Q\nImage-0: <image>"}],
        "chosen": {"from": "gpt", "value": "by a"},
        "rejected": {"from": "gpt", "value": "by b"},
        "images": ["../images/a.png"],
    }
    assert ids("swift-train.jsonl", *shown, *plain) == ["PBL-1/a/0 > PBL-1/b/0", "PBL-2/a/0 > PBL-2/b/0"]


def test_responses_that_show_the_same_images_are_a_pair_for_both_tools() -> None:
    pair = (response("a", 4.0, Block("A", "b.png")), response("b", 2.0, Block("B", "b.png")))
    assert len(ids("sharegpt-train.json", *pair)) == len(ids("swift-train.jsonl", *pair)) == 1


def test_dataset_info_describes_the_preferences_of_splits_that_have_a_pair_for_llama_factory() -> None:
    other_images = [
        response("a", 4.0, Block("A", "a.png"), id="PBL-2", split="check"),
        response("b", 1.0, id="PBL-2", split="check"),
    ]
    pair = [response("a", 4.0), response("b", 1.0)]
    info = json.loads(files_of("training", *pair, *other_images)["pairs/dataset_info.json"])
    columns = {"messages": "conversations", "images": "images", "chosen": "chosen", "rejected": "rejected"}
    assert info == {
        "study-pairs-train": {
            "file_name": "sharegpt-train.json",
            "formatting": "sharegpt",
            "columns": columns,
            "ranking": True,
        }
    }


@pytest.mark.parametrize(
    ("one", "other", "pairs"),
    [
        (response("a", 4.0), response("b", 3.0), 1),
        (response("a", 4.0), response("b", 3.2), 0),  # 2 * hypot(.3, .3) is .849
        (response("a", 3.0, se=0.4), response("b", 4.0, se=0.3), 0),  # exactly twice
        (response("a", 3.0, se=0.4), response("b", 4.01, se=0.3), 1),
        (response("a", 4.0), response("b", None), 0),
        (response("a", 4.0), response("a", 1.0, Block("Again.", None), sample=1), 0),
        (response("a", 4.0), response("b", 1.0, rubric="s@1"), 0),
        (response("a", 4.0, Block("A", None)), response("b", 1.0, Block("A", None)), 0),
    ],
)
def test_a_pair_differs_by_more_than_twice_the_standard_error_and_is_of_two_systems_and_one_rubric(
    one: LabelRecord, other: LabelRecord, pairs: int
) -> None:
    assert len(lines("pairs/swift-train.jsonl", one, other, rubrics={"r@1": RUBRIC, "s@1": RUBRIC})) == pairs


def test_all_pairs_of_a_query_are_in_the_split_of_the_query() -> None:
    labels = [
        response(system, fair, id=query, split=split)
        for query, split in (("PBL-1", "train"), ("PBL-2", "check"))
        for system, fair in (("a", 1.0), ("b", 3.0), ("c", 5.0))
    ]
    of = {split: ids(f"swift-{split}.jsonl", *labels) for split in ("train", "check")}
    assert of == {
        "train": ["PBL-1/b/0 > PBL-1/a/0", "PBL-1/c/0 > PBL-1/a/0", "PBL-1/c/0 > PBL-1/b/0"],
        "check": ["PBL-2/b/0 > PBL-2/a/0", "PBL-2/c/0 > PBL-2/a/0", "PBL-2/c/0 > PBL-2/b/0"],
    }


blocks = st.lists(st.builds(Block, st.none() | TEXTS, st.sampled_from([None, "a.png", "b.png"])), max_size=3).map(tuple)


@settings(max_examples=200)
@given(question=blocks, one=blocks, other=blocks)
def test_each_side_has_as_many_places_as_images(question: Any, one: Any, other: Any) -> None:
    labels = (response("a", 4.0, *one, question=question), response("b", 2.0, *other, question=question))
    for pair in pairs_of([safe(record) for record in labels]):
        line = swift_line(pair)
        for prefix in ("", "rejected_"):
            places = sum(turn["content"].count("<image>") for turn in line[f"{prefix}messages"])
            assert places == len(line[f"{prefix}images"])
        if response_images(pair.chosen) == response_images(pair.rejected):
            line = sharegpt_line(pair)
            for side in ("chosen", "rejected"):
                assert (line["conversations"][0]["value"] + line[side]["value"]).count("<image>") == len(line["images"])
