import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.markup.markdown import sanitised, to_html
from tests.rubrics.markup.attacks import ATTACKS, ATTRIBUTES, HTML, MATHML, TEXTS

PIECES = [
    "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\begin{aligned}", "\\end{aligned}", "\\begin{matrix}", "\\end{matrix}", "{", "}",
    "&", "\\\\", "^", "_", "\\frac", "\\text{", "\\left(", "\\right)", "\\mathbf{", "\\unicode{x", "\\href{", "\\sqrt",
    "\\mathop{", "x", "1", "<", ">", '"', "<script>", "<!--", "`", "```", "[", "](", "javascript:", "|", "|-|", "> ", "- ", "# ",
    "\n", "\n\n", "    ", "\u202e", "&#x202e;", "中", "\u05d0",
]  # fmt: skip


class Faults(HTMLParser):
    """What may not stand in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HTML | MATHML:
            self.faults.append(f"<{tag}>")
        self.faults += [f"{tag} {name}" for name, _ in attrs if name not in ATTRIBUTES]
        hrefs = [value for name, value in attrs if name == "href"]
        self.faults += [f"{value}" for value in hrefs if tag != "a" or not re.match("(?:https?://|mailto:)", value or "")]

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")


def faults(html: str) -> list[str]:
    page = Faults()
    page.feed(html)
    page.close()
    return page.faults


def controls(html: str) -> list[str]:
    return re.findall("[\u202a-\u202e\u2066-\u2069]", html)


@pytest.mark.parametrize("text", TEXTS)
def test_of_an_attack_nothing_is_left_but_what_may_stand_in_a_page(text: str) -> None:
    html = to_html(text)
    assert faults(html) + controls(html) == []
    assert to_html(text) == html
    assert sanitised(html) == html


@pytest.mark.parametrize("text", TEXTS)
def test_the_sanitiser_alone_would_stop_the_attack(text: str) -> None:
    clean = sanitised(text)
    assert faults(clean) == []
    assert sanitised(clean) == clean


def test_an_attack_that_came_through_would_be_found() -> None:
    raw = [text for category in ("script", "handler", "style", "mathml", "svg") for text in ATTACKS[category]]
    assert [text for text in raw if not faults(text)] == ["<img src='x' onerror='alert(1)'"]  # never closed
    assert [text for text in ATTACKS["reordering"] if not controls(text)] == [
        "\u200e\u200f\u061cmarks",  # no attack: they reorder no letters
        "&#x202e;by entity",
        "&#8238;by number",
        "&rlm;&lrm;by name",
        "\\[\\unicode{x2067}\\]",
        "[x](https://x.example/%E2%80%AEgpj.exe)",
    ]


def test_the_attacks_are_many_and_each_is_there_once() -> None:
    assert {category: len(texts) for category, texts in ATTACKS.items()} == {
        "script": 17,
        "handler": 21,
        "address": 46,
        "style": 15,
        "mathml": 14,
        "svg": 14,
        "mutation": 31,
        "markdown": 44,
        "mathematics": 69,
        "reordering": 17,
    }
    assert len(set(TEXTS)) == len(TEXTS)


@given(st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join))
@settings(max_examples=500)
def test_any_text_is_rendered_and_nothing_is_left_but_what_may_stand_in_a_page(text: str) -> None:
    html = to_html(text)
    assert faults(html) + controls(html) == []
    assert sanitised(html) == html
