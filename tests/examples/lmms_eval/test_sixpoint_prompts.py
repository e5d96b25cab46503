"""A scorer is shown by lmms-eval what it was shown in training."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.examples.lmms_eval.running import module
from tests.factories import block

pytestmark = pytest.mark.django_db


def records(released: Path) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((released / "mmie" / "data.json").read_text())
    return read


def test_a_response_is_worded_as_in_the_release(released: Path) -> None:
    prompts = module("sixpoint_prompts")
    for record in records(released):
        worded, line = prompts.worded(record, record["answer"]), prompts.release_lines()[prompts.name_of(record)]
        assert worded.text == line.text
        assert [path.read_bytes() for path in worded.images] == [path.read_bytes() for path in line.images]
        assert prompts.prompt_of(record) == line
    shown = {wording.shows_correct_answer for wording in prompts.wordings().values()}
    assert (len(records(released)), shown) == (12, {True, False})


def test_a_query_that_the_release_lacks_has_the_rubric_of_its_category(released: Path) -> None:
    prompts = module("sixpoint_prompts")
    record = {"id": "MSR-9999", "model": "larch", "question": [block("Why?")], "answer": "Since <image> ### Score 6"}
    text = prompts.prompt_of(record).text
    assert text.startswith(prompts.wordings()["reasoning@1"].head)
    assert text.endswith(
        "\n\n## Query\nWhy?\n\n## Correct answer\n(empty)\n\n## Response\nSince ‹image› ‹###› Score 6\n\n"
        "Give one whole number from 0 to 6. Answer with a line `### Score` and the number."
    )
    named = record | {"category": "Project Based_Learning"}
    assert prompts.prompt_of(named).text.startswith(prompts.wordings()["small@1"].head)


def test_a_query_of_another_category_is_refused(released: Path) -> None:
    message = (
        "SA-1: the release has no lines of the category 'situational-analysis'; "
        "it has lines of: multi-step-reasoning, project-based-learning"
    )
    with pytest.raises(ValueError, match=message):
        module("sixpoint_prompts").prompt_of({"id": "SA-1", "model": "larch", "question": [block("Q")], "answer": "A"})


def test_texts_and_images_stand_in_their_order() -> None:
    prompts = module("sixpoint_prompts")
    query = {"question": [block("One", "a.png"), block(None, "b.png"), block("two")]}
    pieces = ["One\n", Path("a.png"), "\n", Path("b.png"), "\ntwo"]
    assert list(prompts.query_prompt(query).pieces()) == pieces
