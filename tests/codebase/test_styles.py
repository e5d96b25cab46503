"""The stylesheets: short, linked, and there on each page whose classes they style."""

import re
from pathlib import Path

import pytest

from tests.codebase.sources import ROOT

TEMPLATES = ROOT / "templates"
STYLES = ROOT / "annotation" / "static" / "annotation" / "styles"
SHEETS = {path.relative_to(STYLES).as_posix(): path.read_text() for path in sorted(STYLES.rglob("*.css"))}
PAGES = [path for path in sorted(TEMPLATES.rglob("*.html")) if path.read_text().startswith("{% extends")]
PARENT_OR_PART = re.compile(r"""{% (?:extends|include) "([^"]+)\"""")
LINK = re.compile(r"""<link rel="stylesheet" href="{% static 'annotation/styles/([^']+)' %}">""")
CLASS = re.compile(r"""\bclass="([^"]*)\"""")
STYLED = {
    name: set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))) for name, text in SHEETS.items()
}
FOR_SCRIPTS = {"note"}  # in the viewer a script finds a place by it; the criterion's fold of that name is styled


def whole(path: Path) -> str:
    """The template with its parent and its parts; a page whose parent is a variable is base.html or a part of it."""
    text = path.read_text().replace("{% extends base %}", '{% extends "base.html" %}')
    return text + "".join(whole(TEMPLATES / name) for name in PARENT_OR_PART.findall(text))


def without_style(text: str) -> list[str]:
    """Classes that some stylesheet styles, but none that the page links."""
    linked = set(LINK.findall(text))
    used = {name for value in CLASS.findall(text) for name in re.findall(r"[a-z][\w-]*", re.sub("{%.*?%}|{{.*?}}", " ", value))}
    places = {name: {sheet for sheet, styled in STYLED.items() if name in styled} for name in used}
    return sorted(name for name, sheets in places.items() if sheets and not sheets & linked and name not in FOR_SCRIPTS)


def test_no_stylesheet_has_more_than_200_lines() -> None:
    assert [name for name, text in SHEETS.items() if text.count("\n") > 200] == []


def test_each_property_that_a_stylesheet_uses_is_set_in_one() -> None:
    text = "".join(SHEETS.values())
    assert set(re.findall(r"var\((--[\w-]+)\)", text)) <= set(re.findall(r"(--[\w-]+):", text))


def test_each_stylesheet_is_linked_by_a_template() -> None:
    assert {name for path in TEMPLATES.rglob("*.html") for name in LINK.findall(path.read_text())} == set(SHEETS)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_links_the_styles_of_its_classes(path: Path) -> None:
    assert without_style(whole(path)) == []


def test_the_rule_finds_a_class_without_its_style() -> None:
    link = """<link rel="stylesheet" href="{% static 'annotation/styles/cards.css' %}">"""
    assert without_style(f'{link}<p class="card{{% if a %}} verdict{{% endif %}}"><b class="of-no-style">') == ["verdict"]
