"""The rules of the house, as far as a machine can see them."""

import re
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for app in ("annotation", "rubrics", "config") for path in sorted((ROOT / app).rglob("*.py"))]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LAYOUT = re.compile(r"{% block layout %}.*?{% endblock(?: layout)? %}", re.DOTALL)
TAG = re.compile(r"{%-?\s*(?:blocktranslate|comment).*?end(?:blocktranslate|comment)\s*%}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_are_no_signals() -> None:
    signals = re.compile(r"@receiver|\b(?:post|pre)_(?:save|delete)\b(?!\()")  # but a field's pre_save(), which is no signal
    assert [name(path) for path in SOURCES if signals.search(path.read_text())] == []


class Words(HTMLParser):
    """Text that stands in a template untranslated."""

    SHOWN = ("alt", "title", "placeholder", "aria-label")

    def __init__(self) -> None:
        super().__init__()
        self.untranslated: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.untranslated += [value for key, value in attrs if key in self.SHOWN and value and re.search(r"[^\W\d_]", value)]

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"code", "kbd", "title"} & set(self.inside) and re.search(r"[^\W\d_]{2}", data) and data.strip() != "Sixpoint":
            self.untranslated.append(data.strip())


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_string_of_a_template_is_translated(path: Path) -> None:
    words = Words()
    words.feed(TAG.sub("", LAYOUT.sub("", path.read_text())))
    assert words.untranslated == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_no_inline_script_style_or_handler(path: Path) -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=\"|\son(?:click|change|submit|load|input)=")
    assert inline.search(path.read_text()) is None


def test_every_file_that_the_documents_name_is_there() -> None:
    documents = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").glob("*.md"))]
    named = {
        file
        for path in documents
        for file in re.findall(r"`((?:tests|annotation|config|fixtures)/[\w/.-]+\.\w+)`", path.read_text())
    }
    assert {file for file in named if not (ROOT / file).is_file()} == set()


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    output = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=output)
    assert output.getvalue() == "No changes detected\n"
