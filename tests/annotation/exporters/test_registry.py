from fractions import Fraction
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.exporters import Block, LabelRecord, RubricText, choose_check_queries
from annotation.exporters.internvl import conversation
from annotation.exporters.mmie import record


def label(**changes: Any) -> LabelRecord:
    fields: dict[str, Any] = {
        "id": "PBL-1", "system": "s", "sample": 0, "category": "c", "field": "", "subfield": "", "rubric": "r@1",
        "split": "check", "overall": Fraction(7, 2), "score": 4, "percent": Fraction(175, 3), "how": "agreed", "criteria": {},
        "penalties": {}, "feedback": ("Good.",), "question": (Block("Q", "a.png"),), "correct_answer": None,
        "answer": (Block("see <image> and <IMG>", None), Block(None, "b.png")),
    }  # fmt: skip
    return LabelRecord(**fields | changes)


RUBRIC = RubricText("r@1", "Rubric", 0, 6, (("Text", "<image>", ((1, "bad"), (2, "good"))),), (("Harm", "hurts", "1 point"),))


def test_a_conversation_shows_rubric_query_and_response_with_numbered_images() -> None:
    made = conversation(label(), RUBRIC)
    assert (made["id"], made["image"]) == ("PBL-1/s/0", ["a.png", "b.png"])
    human, gpt = (turn["value"] for turn in made["conversations"])
    assert "## Query\nQ\nImage-0: <image>\n\n## Response\nsee ‹image› and ‹IMG›\nImage-1: <image>\n" in human
    assert "- Text: ‹image›\n  1: bad\n  2: good\n- Harm, 1 point off: hurts" in human
    assert human.count("<image>") == 2
    assert gpt == "### Feedback\nGood.\n### Score\n4"


def test_a_conversation_without_images_has_no_list_of_them() -> None:
    made = conversation(label(question=(Block("Q", None),), answer=()), RUBRIC)
    assert "image" not in made
    assert "## Response\n(empty)" in made["conversations"][0]["value"]


def test_the_correct_answer_stands_between_query_and_response() -> None:
    made = conversation(label(correct_answer=(Block("10", "c.png"),)), RUBRIC)
    assert made["image"] == ["a.png", "c.png", "b.png"]
    assert "## Correct answer\n10\nImage-1: <image>" in made["conversations"][0]["value"]


def test_mmies_record_always_has_a_first_text() -> None:
    assert record(label(question=(Block(None, "a.png"),), answer=())) == {
        "id": "PBL-1",
        "question": [{"text": "", "image": "images/a.png"}],
        "answer": [{"text": "", "image": None}],
        "model": "s",
        "gt_answer": [{"text": "", "image": None}],
    }


queries = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 5), min_size=1)
pictures = st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.sampled_from("xyz"), max_size=2))


@settings(max_examples=150, deadline=None)
@given(queries, pictures, st.integers(0, 20), st.integers(0, 3))
def test_the_split_keeps_queries_and_images_whole_and_comes_as_close_as_it_can(
    sizes: dict[str, int], images: dict[str, list[str]], check_size: int, seed: int
) -> None:
    check = choose_check_queries(sizes=sizes, images=images, check_size=check_size, seed=seed)
    assert check == choose_check_queries(sizes=sizes, images=images, check_size=check_size, seed=seed)
    shown = {side: {image for query in queries for image in images.get(query, ())} for side, queries in
             (("check", check), ("train", set(sizes) - check))}  # fmt: skip
    assert not shown["check"] & shown["train"]
    possible = [
        set(chosen)
        for count in range(len(sizes) + 1)
        for chosen in combinations(sizes, count)
        if not {i for q in chosen for i in images.get(q, ())} & {i for q in set(sizes) - set(chosen) for i in images.get(q, ())}
    ]
    best = min(abs(sum(sizes[query] for query in chosen) - check_size) for chosen in possible)
    assert abs(sum(sizes[query] for query in check) - check_size) == best
