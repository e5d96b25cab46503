"""The words of a text by which it is searched."""

import pytest

from annotation.words import MOST, looked_for, stored_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How do I fold a paper-boat?", "how do i fold a paper boat"),
        ("ＦＯＬＤ fold Fold", "fold"),
        ("折纸船", "折纸 纸船 船"),
        ("GPT折纸", "gpt 折纸 纸"),
        ("snake_case: x_1", "snake case x 1"),
        ("…!?", ""),
        ("a" * 70, "a" * 60),
    ],
)
def test_what_is_stored_of_a_text(text: str, words: str) -> None:
    assert stored_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("纸", ["纸"]), ("折纸船", ["折纸", "纸船"]), ("Paper 船 paper", ["paper", "船"]), ("'\"*:&|!()", [])],
)
def test_what_is_looked_for(text: str, words: list[str]) -> None:
    assert looked_for(text) == words


def test_the_words_of_a_very_long_text_are_cut_at_what_a_database_takes() -> None:
    words = stored_words(" ".join(f"word{number}" for number in range(200_000)))
    assert MOST - 20 < len(words) <= MOST
