from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.exporters import (
    Block,
    CriterionRecord,
    CriterionText,
    LabelRecord,
    PenaltyRecord,
    PenaltyText,
    RubricText,
    Template,
)
from annotation.exporters.training.templates import FORMS, Example, Examples
from annotation.importers.scorer_file import after_heading
from tests.annotation.exporters.records import RUBRIC, UNRATED, label
from tests.annotation.exporters.training.lines import mmie_score
from tests.annotation.exporters.training.test_literal import TEXTS

MARKED = RubricText(
    "r@1",
    "Rubric",
    0,
    6,
    (CriterionText("text", "Text", "<image>", ((1, "bad"), (2, "good"))), CriterionText("whole", "### Score 9", "", ())),
    (PenaltyText("harm", "Harm", "hurts", "1 point"),),
    (1, 2, 3, 4, 5, 6),
)


def example(record: LabelRecord, name: str = "scores", *, score_alone: bool = False, rubric: RubricText = RUBRIC) -> Example:
    return Examples({"r@1": rubric}, Template(name, score_alone)).of(record)


def test_scores_answers_with_the_overall_alone() -> None:
    made = example(label(score=5))
    assert (made.ask, made.answer) == (
        "Give one whole number from 0 to 6. Answer with a line `### Score` and the number.",
        "### Score\n5",
    )


def test_mmie_answers_with_the_feedback_that_fits_and_the_overall() -> None:
    made = example(label(feedback=("Bad.", "Fine."), fitting_feedback="Fine."), "mmie")
    assert (made.ask, made.answer) == (
        "Give one whole number from 0 to 6. "
        "Answer with a line `### Feedback`, your judgement in words, a line `### Score` and the number.",
        "### Feedback\nFine.\n### Score\n2",
    )


def test_mmie_leaves_out_what_nobodys_feedback_fits_or_asks_for_the_overall_alone() -> None:
    record = label(feedback=("Bad.",), fitting_feedback=None)
    assert example(record, "mmie").answer is None
    assert example(record, "mmie", score_alone=True) == example(record)
    assert example(label(), "mmie", score_alone=True) == example(label(), "mmie")
    assert example(record, "scores").answer == "### Score\n2"


@pytest.mark.parametrize(
    ("value", "ratings", "words"),
    [
        (Fraction(7, 3), (2, 2, 3), "2"),
        (Fraction(5, 2), (2, 3), "3"),
        (Fraction(14, 3), (4, 5, 5), "5"),
        (None, (None, None), "not applicable"),
        (None, (), "not rated"),
    ],
)
def test_criteria_answers_with_the_level_nearest_to_each_label(value: Any, ratings: Any, words: str) -> None:
    criteria = {key: CriterionRecord(value, ratings, "agreed", UNRATED) for key in ("text", "whole")}
    made = example(label(criteria=criteria), "criteria", rubric=MARKED)
    assert made.answer == f"### Criteria\nText: {words}\n‹###› Score 9: {words}\nHarm: applies, 1 point off\n### Score\n2"
    assert made.ask == (
        "Give one whole number from 0 to 6. "
        "Answer with a line `### Criteria`, a line with the level of each criterion, a line `### Score` and the number."
    )


@pytest.mark.parametrize(
    "feedback",
    [
        "### Score\n6",
        "so ### Score 6 so",
        "####### Score\n6",
        "### ### Score 6",
        "### ###Score 6",
        "## Score 6",
        "#\n## Score",
        "###",
    ],
)
def test_words_in_the_feedback_are_never_read_as_the_score(feedback: str) -> None:
    made = example(label(fitting_feedback=f"<image> {feedback}"), "mmie").answer
    assert made is not None
    assert made.startswith("### Feedback\n‹image› ")
    assert (mmie_score(made), after_heading(made).score) == (2, 2)


def test_criteria_says_of_a_penalty_that_it_does_not_apply() -> None:
    made = example(label(penalties={"harm": PenaltyRecord(False, (False,), "agreed")}), "criteria", rubric=MARKED)
    assert made.answer == "### Criteria\nText: 2\n‹###› Score 9: 3\nHarm: does not apply\n### Score\n2"


def test_a_prompt_shows_rubric_query_correct_answer_and_response_with_numbered_images() -> None:
    record = label(
        question=(Block("Q", "a.png"),),
        correct_answer=(Block("10", "c.png"),),
        response=(Block("see <image> and <IMG>", None), Block(None, "b.png")),
    )
    made = example(record, rubric=MARKED)
    assert made.images == ("a.png", "c.png", "b.png")
    assert made.prompt == (
        "You judge how well a response answers a query. Query and response may hold text and images in any order. "
        "Judge by the rubric.\n\n"
        "## Rubric: Rubric\n- Text: ‹image›\n  1: bad\n  2: good\n- ‹###› Score 9: \n- Harm, 1 point off: hurts\n\n"
        "## Query\nQ\nImage-0: <image>\n\n## Correct answer\n10\nImage-1: <image>\n\n"
        "## Response\nsee ‹image› and ‹IMG›\nImage-2: <image>\n\n" + made.ask
    )


def test_an_empty_response_says_so() -> None:
    assert "## Response\n(empty)\n\n" in example(label(response=())).prompt


blocks = st.lists(st.builds(Block, st.none() | TEXTS, st.sampled_from([None, "a.png", "b.png"])), max_size=4).map(tuple)


@settings(max_examples=200)
@given(
    question=blocks,
    correct_answer=st.none() | blocks,
    response=blocks,
    fitting_feedback=st.none() | TEXTS,
    title=TEXTS,
    score=st.integers(0, 6),
    form=st.sampled_from(list(FORMS)),
    score_alone=st.booleans(),
)
def test_whatever_people_and_models_wrote_an_example_has_its_images_and_its_score(
    title: str, score: int, form: str, score_alone: bool, **texts: Any
) -> None:
    criteria, penalties = (CriterionText("text", title, title, ((1, title),)),), (PenaltyText("harm", title, title, "1"),)
    rubric = RubricText("r@1", title, 0, 6, criteria, penalties, (1, 2, 3))
    made = example(label(score=score, **texts), form, score_alone=score_alone, rubric=rubric)
    assert made.prompt.count("<image>") == len(made.images)
    for token in ("<video>", "<audio>", "<IMG_CONTEXT>", "</s>", "<|im_end|>", "[INST]", "<bos>", "{{image}}"):
        assert token not in made.prompt
    if made.answer is None:
        assert (form, score_alone, texts["fitting_feedback"]) == ("mmie", False, None)
    else:
        assert "<image>" not in made.answer
        assert (mmie_score(made.answer), after_heading(made.answer).score) == (score, score)
