"""Numbers as papers have them, and what people typed: it is shown as typed and never read as markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotation.exporters.paper.markup import MARKUPS, count_of, joined, number_in_words, plain

TEXT, MARKDOWN, LATEX = MARKUPS["text"], MARKUPS["markdown"], MARKUPS["latex"]
# What may stand in the LaTeX of a title, and what TeX sets for it.
SET_AS = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", r"\textless{}": "<",
    r"\textgreater{}": ">", r"\textbar{}": "|", r"\`{}": "`", "{[}": "[", "{]}": "]", "{*}": "*", "-{}": "-",
    r"\#": "#", r"\$": "$", r"\%": "%", r"\&": "&", r"\_": "_", r"\{": "{", r"\}": "}",
}  # fmt: skip
TOKEN = re.compile("|".join(map(re.escape, SET_AS)) + r'|-(?!-)|[^-\\{}#$%&_~^<>|"`*\[\]]')
typed = st.text(st.one_of(st.sampled_from("\\{}#$%&_~^<>|\"`*[]-'@!:\n\t"), st.characters(exclude_categories=["Cs"])))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.834, ".83"), (0.835, ".84"), (0.825, ".83"), (0.845, ".85"), (-0.845, "-.85"), (-0.05, "-.05"), (1, "1.00"),
        (0.995, "1.00"), (0.9949, ".99"), (-0.0049, ".00"), (-0.005, "-.01"), (-0.0, ".00"), (-1.0, "-1.00"), (-10.05, "-10.05"),
        (0, ".00"), (1e-17, ".00"), (-1e30, "-1000000000000000000000000000000.00"),
    ],
)  # fmt: skip
def test_a_coefficient_has_two_decimals_and_no_zero_before_them(value: float, written: str) -> None:
    assert TEXT.coefficient(value) == MARKDOWN.coefficient(value) == written
    assert LATEX.coefficient(value) == written.replace("-", "$-$")


@pytest.mark.parametrize(("value", "written"), [(0.325, "0.33"), (0, "0.00"), (1.005, "1.01"), (2, "2.00")])
def test_points_keep_their_zero(value: float, written: str) -> None:
    assert TEXT.points(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0.0"), (0.0005, "0.1"), (0.00049, "<0.1"), (0.0123, "1.2"), (0.0125, "1.3"), (0.7055, "70.6"), (1, "100.0")],
)
def test_a_share_is_in_percent_and_above_0_is_never_shown_as_0(value: float, written: str) -> None:
    assert TEXT.share(value) == written


def test_a_share_below_a_tenth_of_a_percent_is_written_in_each_markup() -> None:
    assert [markup.share(0.0001) for markup in MARKUPS.values()] == ["<0.1", r"\<0.1", r"\textless{}0.1"]


@given(typed)
def test_latex_sets_a_title_as_typed(text: str) -> None:
    tokens = TOKEN.findall(LATEX.words(text))
    assert "".join(tokens) == LATEX.words(text)
    assert "".join(SET_AS.get(token, token) for token in tokens) == plain(text).replace('"', "''")


def test_a_row_of_latex_never_begins_with_an_argument_of_the_line_before() -> None:
    assert [LATEX.words(text) for text in ("[a] b", "*a", "--a--")] == ["{[}a{]} b", "{*}a", "-{}-a-{}-"]


@given(typed)
def test_markdown_shows_a_title_as_typed_in_a_cell_and_in_a_sentence(text: str) -> None:
    words = MARKDOWN.words(text)
    read = MarkdownIt("commonmark").enable(["table"]).enable("strikethrough")
    cells = [token for token in read.parse(f"| x | {words} |\n| --- | --- |\n| x | {words} |") if token.type == "inline"]
    sentence = [token for token in read.parse(f"x “{words}” x") if token.type == "inline"]
    shown = ["".join(child.content for child in token.children or []) for token in (*cells, *sentence)]
    assert shown == ["x", plain(text), "x", plain(text), f"x “{plain(text)}” x"]


def test_markdown_escapes_all_that_some_reader_takes_for_markup() -> None:
    assert MARKDOWN.words("\\`*_{}[]<>#|~&$^") == r"\\\`\*\_\{\}\[\]\<\>\#\|\~\&\$\^"


def test_markdown_leaves_an_at_sign_within_a_word_and_makes_no_citation_of_another() -> None:
    assert [MARKDOWN.words(text) for text in ("mmie-pbl@1", "@one", "a @two")] == ["mmie-pbl@1", r"\@one", r"a \@two"]


def test_a_title_is_one_line_without_control_characters() -> None:
    assert TEXT.words(" a\n\tb\x1b[31mc\x00\u2028d ") == "a b [31mc d"


def test_numbers_are_words_below_ten() -> None:
    assert [number_in_words(number) for number in (0, 1, 9, 10, 1056, 1_000_000)] == [
        "no",
        "one",
        "nine",
        "10",
        "1,056",
        "1,000,000",
    ]


def test_only_one_is_singular() -> None:
    assert [count_of(number, "query", "queries") for number in (0, 1, 2)] == ["no queries", "one query", "two queries"]


def test_a_list_in_a_sentence() -> None:
    assert [joined(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
