"""What a record of an item file becomes. Its faults through a load: tests/annotation/flow/load/test_item_records.py."""

import json
from typing import Any

import pytest

from annotation.errors import Fault
from annotation.importers.items import Record, Reference, image_paths, read_record
from tests.factories import block, record


def parsed(**changes: Any) -> Record:
    faults: list[Fault] = []
    made = read_record(3, record(1, **changes), faults)
    assert made is not None
    assert [(fault.field, fault.error) for fault in faults] == []
    return made


def faults_of(data: Any) -> list[tuple[str, str]]:
    faults: list[Fault] = []
    read_record(1, data, faults)
    return [(fault.field, fault.error) for fault in faults]


def test_a_record_with_the_least_has_empty_values_for_the_rest() -> None:
    assert parsed() == Record(
        number=3,
        id="PBL-0001",
        category="project-based-learning",
        field="",
        subfield="",
        language="",
        source="",
        question=[{"text": "Question 1", "image": None}],
        correct_answer=None,
        references=(),
        system="system-a",
        sample=0,
        answer=[{"text": "Answer 1", "image": None}],
        metadata={},
    )


@pytest.mark.parametrize(
    ("language", "tag"),
    [("en", "en"), ("zh_hans", "zh-Hans"), ("PT-br", "pt-BR"), (" fr ", "fr"), ("", ""), (" ", ""), (None, "")],
)
def test_a_language_is_a_tag_in_its_usual_letters(language: str | None, tag: str) -> None:
    assert parsed(language=language).language == tag


@pytest.mark.parametrize(
    ("language", "fault"),
    [
        ("English", "`English`: expected the tag of a language, such as en, fr or zh-Hans"),
        ("en, fr", "`en, fr`: expected the tag of a language, such as en, fr or zh-Hans"),
        (["en"], '`["en"]`: expected a text'),
    ],
)
def test_what_is_no_tag_of_a_language_is_a_fault(language: Any, fault: str) -> None:
    assert faults_of(record(1, language=language)) == [("language", fault)]


@pytest.mark.parametrize(
    ("changes", "category"),
    [
        ({"id": "SA-1"}, "situational-analysis"),
        ({"id": "x-MSR-1"}, "multi-step-reasoning"),
        ({"id": "pbl_2"}, "project-based-learning"),
        ({"id": "PBL0002"}, "project-based-learning"),
        ({"id": "PBL-USA-7"}, "project-based-learning"),  # not situational analysis, for the SA in it
        ({"id": "MSR-SAT-03"}, "multi-step-reasoning"),
        ({"id": "PSALM-12"}, ""),
        ({"id": "SA1B-12"}, ""),
        ({"id": "PBL-MSR-1"}, ""),
        ({"id": "PBL-MSR-1", "category": "sa"}, "sa"),
        ({"id": "7"}, ""),
        ({"id": "SA-1", "category": "Project-based learning"}, "project-based-learning"),
        ({"id": "SA-1", "category": None}, "situational-analysis"),
    ],
)
def test_the_category_beats_the_id(changes: dict[str, Any], category: str) -> None:
    assert parsed(**changes).category == category


def test_blocks_without_text_and_image_are_left_out_and_a_plain_answer_is_one_block() -> None:
    made = parsed(question=[block(None, None), block("", "a.png")], answer="plain", gt_answer=None)
    assert (made.question, made.answer) == ([{"text": None, "image": "a.png"}], [{"text": "plain", "image": None}])
    assert made.correct_answer == []


def test_references_are_sorted_by_level_and_may_have_a_profile() -> None:
    references = {"6": "best", "-1": {"blocks": [], "profile": {"text": 6, "images": 1}}}
    assert parsed(references=references).references == (
        Reference(-1, [], {"images": 1, "text": 6}),
        Reference(6, [{"text": "best", "image": None}], None),
    )


def test_the_images_of_every_part_are_named() -> None:
    made = parsed(
        question=[block(None, "q.png")],
        answer=[block("x", "a.png")],
        gt_answer=[block(None, "g.png")],
        references={"1": [block(None, "r.png")]},
    )
    assert list(image_paths(made)) == ["q.png", "g.png", "a.png", "r.png"]


def test_every_fault_of_a_record_is_named() -> None:
    assert faults_of({"id": "x" * 201, "question": [block(None, " ")], "answer": 5, "sample": True, "extra": 1}) == [
        ("extra", "`1`: unknown; expected answer, category, field, gt_answer, id, language, metadata, model, question, "
         "references, sample, source, subfield"),
        ("id", f"`{'x' * 80}…`: expected at most 200 characters, not 201"),
        ("question[0].image", '`" "`: expected a path, or null'),
        ("model", "missing"),
        ("sample", "`true`: expected a whole number from 0"),
        ("answer", "`5`: expected a list of blocks"),
    ]  # fmt: skip


def test_metadata_is_neither_too_deep_nor_has_it_a_nul() -> None:
    deep: Any = 1
    for _level in range(101):
        deep = [deep]
    assert faults_of(record(1, metadata={"a": deep})) == [("metadata", f'`{{"a": {"[" * 74}…`: expected at most 100 levels')]
    assert faults_of(record(1, metadata={"a": [{"b\0": 1}]})) == [("metadata", "`b\\x00`: a NUL character cannot be stored")]


def test_a_profile_has_whole_numbers() -> None:
    for level, written in ((True, "true"), (1.5, "1.5"), ("6", '"6"')):
        assert faults_of(record(1, references={"1": {"blocks": [], "profile": {"text": level}}})) == [
            ("references.1.profile", f'`{{"text": {written}}}`: expected a level per criterion')
        ]


def test_a_whole_number_is_an_id_or_a_system_as_it_is_written() -> None:
    made = parsed(id=301096, model=7)
    assert (made.id, made.system) == ("301096", "7")
    for value in (1.5, True, None, [7]):
        assert faults_of(record(1, id=value)) == [("id", f"`{json.dumps(value)}`: expected a text")]


def test_every_fault_of_every_block_and_level_is_named() -> None:
    answers = {"1": [block(None, " "), 5, {"text": 5, "image": 6}], "best": [], "2": {"profile": {}}, "3": [block(None, 7)]}
    assert faults_of(record(1, question=[block(None, 1), block("x"), block(2)], references=answers)) == [
        ("question[0].image", "`1`: expected a text"),
        ("question[2].text", "`2`: expected a text"),
        ("references.1[0].image", '`" "`: expected a path, or null'),
        ("references.1[1]", '`5`: expected {"text": …, "image": …}'),
        ("references.1[2].text", "`5`: expected a text"),
        ("references.1[2].image", "`6`: expected a text"),
        ("references.best", "`best`: expected a level of the scale"),
        ("references.2", '`{"profile": {}}`: expected blocks, or {"blocks": …, "profile": …}'),
        ("references.3[0].image", "`7`: expected a text"),
    ]


def test_the_images_of_the_parts_that_can_be_read_are_named_though_others_cannot() -> None:
    made = read_record(1, record(1, question=5, answer=[block(None, "a.png")], references=5), [])
    assert made is not None
    assert list(image_paths(made)) == ["a.png"]
