"""Whole files and lines by equality: what stands in a release is what people script against."""

import csv
import io
import json
from fractions import Fraction
from typing import Any

import pytest
import yaml

from annotation.exporters import (
    EXPORTERS,
    Block,
    Content,
    CriterionRecord,
    LabelRecord,
    PenaltyRecord,
    RatingRecord,
    RubricText,
    choose_check_queries,
)
from annotation.flow.check.scorer import after_score

RUBRIC = RubricText("r@1", "Rubric", 0, 6, (("Text", "how it reads", ((1, "bad"), (2, "good"))),), ())


def label(**changes: Any) -> LabelRecord:
    fields: dict[str, Any] = {
        "id": "PBL-1", "system": "s", "sample": 0, "category": "c", "field": "art", "subfield": "", "rubric": "r@1",
        "split": "train", "overall": Fraction(7, 3), "score": 2, "percent": Fraction(350, 9), "how": "adjudicated",
        "criteria": {
            "text": CriterionRecord(Fraction(7, 3), (2, 2, 3), "agreed"),
            "images": CriterionRecord(None, (None, None, None), "adjudicated"),
            "whole": CriterionRecord(Fraction(3), (2, 6, None), "adjudicated"),
        },
        "penalties": {"harm": PenaltyRecord(True, (True, False, True), "adjudicated")},
        "feedback": ("早い。", "Fine."), "question": (Block("Q", "a.png"),), "correct_answer": None,
        "answer": (Block("A", None),),
    }  # fmt: skip
    return LabelRecord(**fields | changes)


def made(exporter: str, *labels: LabelRecord, ratings: tuple[RatingRecord, ...] = (), title: str = "Study") -> dict[str, bytes]:
    content = Content("study", title, labels, ratings, {"r@1": RUBRIC}, {}, lambda name: name.encode())
    return dict(EXPORTERS[exporter](content))


def test_a_line_of_labels_is_whole() -> None:
    assert made("labels", label()) == {
        "labels.jsonl": (
            '{"id":"PBL-1","system":"s","sample":0,"category":"c","field":"art","subfield":"","rubric":"r@1","split":"train",'
            '"overall":2.3333333333333335,"score":2,"percent":38.888888888888886,"how":"adjudicated","criteria":{'
            '"text":{"label":2.3333333333333335,"ratings":[2,2,3],"spread":1,"how":"agreed"},'
            '"images":{"label":null,"ratings":[null,null,null],"spread":null,"how":"adjudicated"},'
            '"whole":{"label":3.0,"ratings":[2,6,null],"spread":4,"how":"adjudicated"}},'
            '"penalties":{"harm":{"label":true,"ratings":[true,false,true],"how":"adjudicated"}},'
            '"feedback":["早い。","Fine."]}\n'
        ).encode()
    }


def test_ratings_stand_as_they_were_given() -> None:
    ratings = (
        RatingRecord("PBL-1", "=cmd()", 0, "train", "r@1", "a1", "text", 3),
        RatingRecord("PBL-1", 'a, "b"\nc', 2, "", "r@1", "a1", "images", None),
        RatingRecord("PBL-2", "lone\rreturn", 0, "check", "r@1", "a2", "harm", 0),
    )
    (file,) = made("ratings", ratings=ratings).values()
    assert file == (
        b"id,system,sample,split,rubric,annotator,criterion,score\n"
        b"PBL-1,=cmd(),0,train,r@1,a1,text,3\n"
        b'PBL-1,"a, ""b""\nc",2,,r@1,a1,images,\n'
        b'PBL-2,"lone\rreturn",0,check,r@1,a2,harm,0\n'
    )
    rows = list(csv.DictReader(io.StringIO(file.decode(), newline=""), strict=True))
    assert [row["system"] for row in rows] == [rating.system for rating in ratings]


def test_internvl_trains_on_the_train_split_alone_and_counts_its_lines() -> None:
    files = made("internvl", label(), label(id="PBL-2", split="check"), label(id="PBL-3"))
    lines = {
        name: [json.loads(line)["id"] for line in files[f"internvl/{name}.jsonl"].splitlines()] for name in ("train", "check")
    }
    assert lines == {"train": ["PBL-1/s/0", "PBL-3/s/0"], "check": ["PBL-2/s/0"]}
    assert json.loads(files["internvl/meta.json"]) == {
        "sixpoint-study": {
            "root": "images",
            "annotation": "internvl/train.jsonl",
            "data_augment": False,
            "repeat_time": 1,
            "length": 2,
        }
    }


def turns(one: LabelRecord) -> tuple[str, str]:
    (line,) = made("internvl", one)["internvl/train.jsonl"].splitlines()
    human, gpt = json.loads(line)["conversations"]
    return human["value"], gpt["value"]


def test_the_whole_human_turn() -> None:
    assert turns(label())[0] == (
        "You judge how well a response answers a query. Query and response may hold text and images in any order. "
        "Judge by the rubric, then give one whole number from 0 to 6.\n\n"
        "## Rubric: Rubric\n- Text: how it reads\n  1: bad\n  2: good\n\n"
        "## Query\nQ\nImage-0: <image>\n\n"
        "## Response\nA\n\n"
        "Answer with a line `### Feedback`, your judgement in words, a line `### Score` and the number."
    )


@pytest.mark.parametrize(
    "feedback",
    ["### Score\n6", "so ### Score 6 so", "####### Score\n6", "### ### Score 6", "### ###Score 6", "## Score 6", "#\n## Score"],
)
def test_words_in_the_feedback_are_never_read_as_the_score(feedback: str) -> None:
    assert after_score(turns(label(feedback=(feedback,)))[1]) == 2


def test_feedback_of_several_stands_before_the_score() -> None:
    assert turns(label())[1] == "### Feedback\n早い。\nFine.\n### Score\n2"
    assert turns(label(feedback=()))[1] == "### Feedback\n(none)\n### Score\n2"


@pytest.mark.parametrize(
    "mark", ["</s>", "<s>", "<|im_end|>", "<|end|>", "<|assistant|>", "<image>", "<IMAGE>", "</img>", "<box>"]
)
def test_what_would_end_a_turn_or_be_an_image_is_made_harmless_wherever_it_stands(mark: str) -> None:
    human, gpt = turns(label(question=(Block(f"a{mark}b", None),), answer=(Block(mark, "a.png"),), feedback=(mark,)))
    harmless = f"‹{mark[1:-1]}›"
    assert f"## Query\na{harmless}b\n\n## Response\n{harmless}\nImage-0: <image>\n" in human
    assert gpt == f"### Feedback\n{harmless}\n### Score\n2"


def test_markup_and_comparisons_stay_as_they_are() -> None:
    text = "if a <b> 3 and |x| < 5: <div>, <|, |>, 1 <| 2 |> 3"
    assert f"## Response\n{text}\n" in turns(label(answer=(Block(text, None),)))[0]


def test_each_image_is_written_once_by_its_name() -> None:
    both = (label(answer=(Block(None, "b.png"), Block(None, "a.png"))), label(id="PBL-2", split="check"))
    assert made("images", *both) == {"images/a.png": b"a.png", "images/b.png": b"b.png"}
    assert set(made("mmie", *both)) == {"mmie/data.json", "mmie/images/a.png"}


def test_mmies_file_has_the_check_split_and_a_sample_where_there_are_several() -> None:
    check = [label(split="check", feedback=()), label(split="check", sample=2), label(id="PBL-9")]
    first = {
        "id": "PBL-1",
        "question": [{"text": "Q", "image": "images/a.png"}],
        "answer": [{"text": "A", "image": None}],
        "model": "s",
        "gt_answer": [{"text": "", "image": None}],
    }
    assert json.loads(made("mmie", *check)["mmie/data.json"]) == [first, first | {"sample": 2}]


def test_the_card_has_a_head_that_yaml_reads_whatever_the_title() -> None:
    (file,) = made("card", label(), label(split="check"), title='A "study":\n- of {braces}').values()
    head = file.decode().split("---\n")[1]
    assert yaml.safe_load(head) == {
        "pretty_name": 'A "study":\n- of {braces}',
        "license": "other",
        "configs": [{"config_name": "labels", "data_files": [{"split": "labels", "path": "labels.jsonl"}]}],
    }
    assert "2 responses of models, scored by people against a rubric: 1 to train on, 1 to check with." in file.decode()


def test_another_seed_draws_another_check_split_of_the_same_size() -> None:
    sizes = {f"q{number:02}": 4 for number in range(50)}
    drawn = [choose_check_queries(sizes=sizes, images={}, check_size=40, seed=seed) for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert [len(queries) for queries in drawn] == [10, 10, 10]


def test_a_check_split_larger_than_everything_takes_everything() -> None:
    assert choose_check_queries(sizes={"a": 2, "b": 3}, images={}, check_size=1_000_000, seed=0) == {"a", "b"}
    assert choose_check_queries(sizes={"a": 2, "b": 3}, images={}, check_size=0, seed=0) == set()
