"""Words and scripts in places of a template where they are easily overlooked."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.codebase.sources import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = sorted(path for path in (ROOT / "annotation" / "static").rglob("*") if path.suffix in {".css", ".js", ".svg"})
SVG = "http://www.w3.org/2000/svg"  # the name of a language: nobody fetches it
TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
STATIC_TAG = re.compile(r"\{% static .*?%\}")
SPOKEN = {"aria-description", "aria-roledescription", "aria-valuetext", "label", "summary"}
WORD = re.compile(r"[^\W\d_]{2,}")
FILTERED = re.compile(r"""\|(?:default|default_if_none|yesno|add|pluralize):(?:"([^"]*)"|'([^']*)')""")
ELSEWHERE = re.compile(r"""\b(?:href|src|action|url|hx-get|hx-post)\s*[=(]\s*["']?((?:https?:)?//[^"'\s)]+)""")


class Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.words += [
            f"{name}={value!r}" for name, value in values.items() if read_aloud(tag, name, values) and WORD.search(value)
        ]
        self.inline += inline(tag, values)


def read_aloud(tag: str, name: str, values: dict[str, str]) -> bool:
    """Whether people hear or read it: a button's value, and a phrase that a script takes from data- to show it."""
    if name == "value":
        return tag == "input" and values.get("type") in {"submit", "button", "reset"}
    return name in SPOKEN or (name.startswith("data-") and " " in values[name].strip())


def inline(tag: str, values: dict[str, str]) -> Iterator[str]:
    if tag == "style" or (tag == "script" and not values.get("src")):
        yield f"<{tag}>"
    for name, value in values.items():
        if name == "style" or name.startswith(("on", "hx-on")) or value.strip().lower().startswith(("javascript:", "js:")):
            yield f"{name}={value!r}"


def read(text: str) -> Attributes:
    parser = Attributes()
    parser.feed(TAG.sub("", STATIC_TAG.sub("static", text)))
    parser.close()
    return parser


def words_of_filters(text: str) -> list[str]:
    return [phrase for pair in FILTERED.findall(text) for phrase in pair if WORD.search(phrase)]


def named(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_what_attributes_and_filters_say_is_translated(path: Path) -> None:
    assert read(path.read_text()).words + words_of_filters(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_nothing_stands_inline_however_it_is_written(path: Path) -> None:
    assert read(path.read_text()).inline == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_has_no_line_of_more_than_160_characters(path: Path) -> None:
    assert [line for line in path.read_text().splitlines() if len(line) > 160] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_asks_nothing_of_another_host(path: Path) -> None:
    assert ELSEWHERE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", STATIC, ids=named)
def test_a_static_file_asks_nothing_of_another_host(path: Path) -> None:
    assert set(re.findall(r"""https?://[^"'\s)]+""", path.read_text())) <= {SVG}


WORDS = {
    '<b data-lost="No longer yours">1</b>': ["data-lost='No longer yours'"],
    '<input type="submit" value="Send">': ["value='Send'"],
    '<p aria-description="A ladder"></p>': ["aria-description='A ladder'"],
    """<b data-lost="{% translate 'No longer yours' %}" data-draft="/there" value="{{ a }}">1</b>""": [],
    '<input{% if a == "na" %} checked{% endif %} value="na" name="reason">': [],
}
INLINE = {
    "<script>go()</script>": ["<script>"],
    "<style>p {}</style>": ["<style>"],
    "<p style='color: red'>1</p>": ["style='color: red'"],
    '<b onkeydown="go()">1</b>': ["onkeydown='go()'"],
    '<b hx-on:click="go()">1</b>': ["hx-on:click='go()'"],
    '<a href="javascript:go()">1</a>': ["href='javascript:go()'"],
    """<script type="module" src="{% static 'a.js' %}"></script>""": [],
}


@pytest.mark.parametrize(("text", "expected"), WORDS.items())
def test_the_rule_finds_the_words(text: str, expected: list[str]) -> None:
    assert read(text).words == expected


@pytest.mark.parametrize(("text", "expected"), INLINE.items())
def test_the_rule_finds_what_stands_inline(text: str, expected: list[str]) -> None:
    assert read(text).inline == expected


def test_the_rule_finds_words_in_filters_and_addresses_of_others() -> None:
    text = """{{ a|default:"nothing yet" }} {{ b|yesno:'yes,no' }} {{ c|default:"–" }} <img src="//there/a.png">"""
    assert (words_of_filters(text), ELSEWHERE.findall(text)) == (["nothing yet", "yes,no"], ["//there/a.png"])
