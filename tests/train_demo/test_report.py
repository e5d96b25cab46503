"""The comparison tells a scorer from its blind twin, and says what falls short."""

from tests.train_demo.drawing import draw_responses
from tests.train_demo.report import SCORE, Result, Row, compare, rank_correlation, table, titles
from tests.train_demo.study import RUBRIC

DRAWN = list(draw_responses(queries=50, seed=6))
NAMED = titles(RUBRIC)


def result(*, blind: bool) -> Result:
    """Of a scorer that is always right, or always gives 3 where one would have to see the image."""
    levels = [response.truth | ({"shapes": 3, "colour": 3} if blind else {}) for response in DRAWN]
    answers = ["\n".join(f"{NAMED[key]}: {level}" for key, level in given.items()) for given in levels]
    return [
        {"id": response.query, "model": response.system, "gpt_feedback": f"{answer}\n### Score\n{sum(given.values()) / 3}"}
        for response, answer, given in zip(DRAWN, answers, levels, strict=True)
    ]


def test_the_titles_are_the_rubrics() -> None:
    assert NAMED == {"shapes": "Number of shapes", "colour": "Named colour", "steps": "Listed steps"}


def test_a_scorer_that_sees_is_told_from_one_that_does_not() -> None:
    rows = compare(DRAWN, NAMED, result(blind=False), result(blind=True))
    assert [(row.key, round(row.sighted, 9)) for row in rows] == [("shapes", 1), ("colour", 1), ("steps", 1), (SCORE, 1)]
    assert [row.blind for row in rows[:2]] == [0, 0]
    assert round(rows[2].blind, 9) == 1
    assert 0.3 < rows[3].blind < 0.8
    assert [row.fault for row in rows] == [None] * 4
    assert [len(line) for line in table(rows).splitlines()] == [58] * 5


def test_a_scorer_that_is_no_better_than_its_twin_is_a_fault() -> None:
    faults = [row.fault for row in compare(DRAWN, NAMED, result(blind=True), result(blind=False))]
    assert faults[:3] == [
        "Number of shapes: 0.000 with images, expected at least 0.8",
        "Named colour: 0.000 with images, expected at least 0.8",
        None,
    ]
    assert Row("shapes", "Shapes", "", 0.9, 0.4).fault == "Shapes: 0.400 without images, expected at most 0.3"
    assert Row("steps", "Steps", "", 0.9, 0.9).fault is None


def test_an_answer_without_a_number_counts_as_the_lowest() -> None:
    assert rank_correlation([None, 2, 3], [1, 2, 3]) == 1
    assert rank_correlation([None, None, None], [1, 2, 3]) == 0
