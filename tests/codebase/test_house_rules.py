"""The rules of the house, as far as a machine can see them."""

import ast
import re
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for app in ("annotation", "rubrics", "config") for path in sorted((ROOT / app).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
WRITES = re.compile(r"\.objects\.(create|bulk_create|update_or_create|get_or_create)\(|\.save\(|\.delete\(|\.update\(")
LAYOUT = re.compile(r"{% block layout %}.*?{% endblock(?: layout)? %}", re.DOTALL)
TAG = re.compile(r"{%-?\s*(?:blocktranslate|comment).*?end(?:blocktranslate|comment)\s*%}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_only_the_flow_and_versioning_write() -> None:
    places = tuple(f"{app}/{place}" for app in ("annotation", "rubrics") for place in ("views", "api", "management/"))
    assert [name(path) for path in SOURCES if name(path).startswith(places) and WRITES.search(path.read_text())] == []


def test_there_are_no_signals_and_no_logic_in_save() -> None:
    found = re.compile(r"@receiver|\b(?:post|pre)_(?:save|delete)\b|def save\(")
    assert [name(path) for path in SOURCES if found.search(path.read_text())] == []


def test_the_flow_knows_no_http() -> None:
    found = re.compile(r"django\.(http|forms|shortcuts|contrib\.messages)|rest_framework")
    assert [name(path) for path in SOURCES if name(path).startswith("annotation/flow/") and found.search(path.read_text())] == []


def test_files_and_functions_stay_short() -> None:
    long = []
    for path in SOURCES + TESTS:
        text = path.read_text()
        if text.count("\n") > 400 and "/migrations/" not in name(path):
            long.append(name(path))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno > 60:
                long.append(f"{name(path)}:{node.name}")
    assert long == []


def operations(path: Path) -> int:
    """How many operations the migration holds."""
    [listed] = [
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "operations"
    ]
    assert isinstance(listed, ast.List)
    return len(listed.elts)


def test_every_migration_after_the_tables_and_triggers_holds_one_operation_and_a_name() -> None:
    later = [path for path in sorted(ROOT.glob("*/migrations/0*.py")) if path.stem not in ("0001_initial", "0002_triggers")]
    assert [name(path) for path in later if operations(path) != 1 or "auto" in path.name] == []


class Words(HTMLParser):
    """Text that stands in a template untranslated."""

    SHOWN = ("alt", "title", "placeholder", "aria-label")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.found += [value for key, value in attrs if key in self.SHOWN and value and re.search(r"[^\W\d_]", value)]

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"code", "kbd", "title"} & set(self.inside) and re.search(r"[^\W\d_]{2}", data) and data.strip() != "Sixpoint":
            self.found.append(data.strip())


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_string_of_a_template_is_translated(path: Path) -> None:
    words = Words()
    words.feed(TAG.sub("", LAYOUT.sub("", path.read_text())))
    assert words.found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_no_inline_script_style_or_handler(path: Path) -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=\"|\son(?:click|change|submit|load|input)=")
    assert inline.search(path.read_text()) is None


def test_every_setting_of_the_environment_is_documented() -> None:
    text = (ROOT / "config" / "settings.py").read_text()
    names = set(re.findall(r'(?:boolean|listed|whole_number|environ\.get)\("([A-Z0-9_]+)"', text))
    documented = (ROOT / "docs" / "configuration.md").read_text()
    assert {found for found in names if f"`{found}`" not in documented} == set()
    assert len(names) == 12


def test_every_file_that_the_documents_name_is_there() -> None:
    documents = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").glob("*.md"))]
    named = {
        found
        for path in documents
        for found in re.findall(r"`((?:tests|annotation|config|fixtures)/[\w/.-]+\.\w+)`", path.read_text())
    }
    assert {found for found in named if not (ROOT / found).is_file()} == set()


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert said.getvalue() == "No changes detected\n"
