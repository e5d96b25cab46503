import json
from typing import Any

import pytest

from annotation.exporters import Block, LabelRecord, RubricText
from annotation.exporters.internvl import conversation
from annotation.flow.check.scorer import after_score
from tests.annotation.exporters.records import files_of, label

MARKED = RubricText("r@1", "Rubric", 0, 6, (("Text", "<image>", ((1, "bad"), (2, "good"))),), (("Harm", "hurts", "1 point"),))


def test_internvl_trains_on_the_train_split_alone_and_counts_its_lines() -> None:
    files = files_of("internvl", label(), label(id="PBL-2", split="check"), label(id="PBL-3"))
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


def turns(record: LabelRecord) -> tuple[str, str]:
    (line,) = files_of("internvl", record)["internvl/train.jsonl"].splitlines()
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


def marked_label(**changes: Any) -> LabelRecord:
    """With marks of images in its texts, and two images."""
    fields: dict[str, Any] = {
        "split": "check", "score": 4, "feedback": ("Good.",),
        "response": (Block("see <image> and <IMG>", None), Block(None, "b.png")),
    }  # fmt: skip
    return label(**fields | changes)


def test_a_conversation_shows_rubric_query_and_response_with_numbered_images() -> None:
    line = conversation(marked_label(), MARKED)
    assert (line["id"], line["image"]) == ("PBL-1/s/0", ["a.png", "b.png"])
    human, gpt = (turn["value"] for turn in line["conversations"])
    assert "## Query\nQ\nImage-0: <image>\n\n## Response\nsee ‹image› and ‹IMG›\nImage-1: <image>\n" in human
    assert "- Text: ‹image›\n  1: bad\n  2: good\n- Harm, 1 point off: hurts" in human
    assert human.count("<image>") == 2
    assert gpt == "### Feedback\nGood.\n### Score\n4"


def test_a_conversation_without_images_has_no_list_of_them() -> None:
    line = conversation(marked_label(question=(Block("Q", None),), response=()), MARKED)
    assert "image" not in line
    assert "## Response\n(empty)" in line["conversations"][0]["value"]


def test_the_correct_answer_stands_between_query_and_response() -> None:
    line = conversation(marked_label(correct_answer=(Block("10", "c.png"),)), MARKED)
    assert line["image"] == ["a.png", "c.png", "b.png"]
    assert "## Correct answer\n10\nImage-1: <image>" in line["conversations"][0]["value"]


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
def test_special_tokens_are_made_harmless_wherever_they_stand(mark: str) -> None:
    human, gpt = turns(label(question=(Block(f"a{mark}b", None),), response=(Block(mark, "a.png"),), feedback=(mark,)))
    harmless = f"‹{mark[1:-1]}›"
    assert f"## Query\na{harmless}b\n\n## Response\n{harmless}\nImage-0: <image>\n" in human
    assert gpt == f"### Feedback\n{harmless}\n### Score\n2"


def test_markup_and_comparisons_stay_as_they_are() -> None:
    text = "if a <b> 3 and |x| < 5: <div>, <|, |>, 1 <| 2 |> 3"
    assert f"## Response\n{text}\n" in turns(label(response=(Block(text, None),)))[0]
