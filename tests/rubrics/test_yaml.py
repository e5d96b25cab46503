from pathlib import Path
from typing import Any

import pytest

from rubrics.checks import BadRubric
from rubrics.yaml import parse, read
from tests.factories import criterion, penalty, rubric_file

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rubrics"
SHARED = ["text_quality", "image_quality", "text_image_coherence"]
KEYS = {
    "mmie-sa": [*SHARED, "context_consistency", "innovation", "stylistic_consistency", "emotional_impact"],
    "mmie-pbl": [*SHARED, "method_quality", "creativity", "stylistic_consistency", "emotional_impact"],
    "mmie-msr": ["question_text_understanding", "question_image_understanding", "reasoning_clarity", "reasoning_correctness",
                 "answer_accuracy", "excellence"],
}  # fmt: skip


def test_the_three_mmie_rubrics_have_six_criteria_and_108_different_descriptors() -> None:
    files = {slug: read(FIXTURES / f"{slug}.yaml") for slug in KEYS}
    assert {slug: [item.key for item in file.criteria] for slug, file in files.items()} == KEYS
    rated = [item for file in files.values() for item in file.criteria if item.kind == "rated"]
    assert [sorted(item.levels) for item in rated] == [[1, 2, 3, 4, 5, 6]] * 18
    descriptors = [descriptor for item in rated for _label, descriptor in item.levels.values()]
    assert len(descriptors) == 108
    assert all(len(set(item.levels.values())) == 6 for item in rated)
    assert {slug: file.shows_correct_answer for slug, file in files.items()} == {
        "mmie-sa": False,
        "mmie-pbl": False,
        "mmie-msr": True,
    }


FAULTS: list[tuple[Any, str]] = [
    ([], "rubric: `[]`: expected keys with values"),
    (rubric_file(colour="red"), "rubric: unknown colour; expected category, criteria, guidance, overall, scale, "
     "shows_correct_answer, slug, title, translations"),
    (rubric_file(slug="Small Rubric"), "slug: `Small Rubric`: expected small letters, digits and hyphens"),
    (rubric_file(title=""), 'title: `""`: expected a text of at most 200 characters'),
    (rubric_file(title="a\0"), "title: `a\\x00`: expected a text of at most 200 characters"),
    (rubric_file(scale={"min": 6, "max": 1}), 'scale: `{"min": 6, "max": 1}`: expected min below max, at most 101 levels'),
    (rubric_file(scale={"min": 1, "max": "6"}), "scale.max: `6`: expected a whole number"),
    (rubric_file(overall={"method": "median"}), "overall.method: `median`: expected one of weighted_mean, sum, holistic"),
    (rubric_file(criteria=[]), "criteria: `[]`: expected a list with at least one criterion"),
    (rubric_file(criteria=[penalty()]), "criteria: expected at least one that is rated"),
    (rubric_file(criteria=[criterion(key="a"), criterion(key="a")]), "criteria: `a`: two have the same key"),
    (rubric_file(criteria=[criterion(key="A b")]), "criteria[1].key: `A b`: expected small letters, digits and underscores"),
    (rubric_file(criteria=[criterion(key="a", levels={1: "x"})]),
     'criteria[1].levels: `{"1": "x"}`: expected a descriptor for each level from 1 to 6'),
    (rubric_file(criteria=[criterion(key="a", weight=0)]),
     "criteria[1].weight: `0`: expected a number above 0, to three decimals"),
    (rubric_file(criteria=[criterion(key="a", weight=float("nan"))]),
     "criteria[1].weight: `NaN`: expected a number above 0, to three decimals"),
    (rubric_file(criteria=[criterion(key="a", na="maybe")]),
     "criteria[1].na: `maybe`: expected one of never, allowed, when_no_query_image, when_no_response_image"),
    (rubric_file(criteria=[criterion(key="a", points=1)]), "criteria[1].points: not for a criterion that is rated"),
    (rubric_file(criteria=[criterion(key="a"), penalty() | {"levels": {}}]),
     "criteria[2].levels: not for a criterion that is penalty"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), FAULTS, ids=[message for _data, message in FAULTS])
def test_a_fault_is_named_by_its_field(data: Any, message: str) -> None:
    with pytest.raises(BadRubric) as caught:
        parse(data)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "expected UTF-8"),
        (b"a: [", "neither YAML nor JSON"),
        (b"[" * 5000, "neither YAML nor JSON"),
        (b"5", "rubric: `5`: expected"),
        (b"slug: a\ntitle: A\nslug: b\n", "line 3: slug is there twice"),
        (b'{"slug": "a", "slug": "b"}', "line 1: slug is there twice"),
        (b"criteria:\n- key: a\n  levels: {1: x, 2: y, 1: z}\n", "line 3: 1 is there twice"),
        (b"criteria:\n- key: a\n  levels:\n    1: x\n    '1': y\n", "line 5: 1 is there twice"),
    ],
)
def test_a_file_that_is_no_rubric_is_refused_by_its_name(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(content)
    with pytest.raises(BadRubric, match=f"bad.yaml: {message}"):
        read(file)


def test_an_empty_example_is_none_and_leaves_the_hash_as_it_was() -> None:
    criteria = rubric_file()["criteria"]
    criteria[0]["levels"][3]["example"] = " "
    assert parse(rubric_file(criteria=criteria)).canonical() == parse(rubric_file()).canonical()


def test_an_example_that_is_no_text_is_named() -> None:
    criteria = rubric_file()["criteria"]
    criteria[0]["levels"][3]["example"] = 5
    with pytest.raises(BadRubric) as caught:
        parse(rubric_file(criteria=criteria))
    assert caught.value.fields == {"criteria[1].levels.3.example": "expected a text of at most 5000 characters"}
