"""The shape of the house: short files, folders that a reader takes in, packages that say what they hold, tests that mirror."""

import ast
from pathlib import Path

from tests.codebase.sources import ROOT, modules, source

MOST_MODULES = 16
MOST_LINES = 300
MOST_SCRIPT_LINES = 250
MOST_FUNCTION_LINES = 60
LARGE = {"migrations", "static", "commands"}  # folders that may hold more modules
# Modules without a test file of their name, with the reason. A name that ends in / stands for all of its folder that have none.
TESTED_ELSEWHERE = {
    "annotation/admin.py": "declarations; tests/rubrics/test_admin.py tries the base that makes them read-only",
    "annotation/api/caller.py": "whose call it is: every test of a call asks",
    "annotation/api/load.py": "tests/annotation/test_uploads.py sends each kind of file through it",
    "annotation/api/shapes/cases.py": "shapes for OpenAPI; tests/contract compares all of them",
    "annotation/api/shapes/releases.py": "shapes for OpenAPI; tests/contract compares all of them",
    "annotation/api/shapes/results.py": "shapes for OpenAPI; tests/contract compares all of them",
    "annotation/api/shapes/scorers.py": "shapes for OpenAPI; tests/contract compares all of them",
    "annotation/api/shapes/references.py": "shapes for OpenAPI; tests/contract compares all of them",
    "annotation/api/shapes/queries.py": "shapes for OpenAPI; tests/contract compares all of them",
    "annotation/api/shapes/watch.py": "shapes for OpenAPI; tests/contract compares all of them",
    "annotation/api/shapes/annotators.py": "shapes for OpenAPI; tests/contract compares all of them",
    "annotation/api/schema.py": "shapes for OpenAPI; tests/contract compares all of them",
    "annotation/flow/backup/": "tests/test_backups.py makes whole backups, restores them and compares",
    "annotation/flow/demo.py": "tests/annotation/management/commands/test_load_demo.py; tests/contract",
    "annotation/flow/progress.py": "names of phases; tests/codebase/test_translations.py",
    "annotation/flow/release/content.py": "test_records.py and test_publish.py beside compare whole releases",
    "annotation/flow/release/rows.py": "test_publish.py beside compares the rows with the lines of the file",
    "annotation/flow/release/draft.py": "test_publish.py beside compares splits and refusals",
    "annotation/flow/load/report.py": "counts; test_items.py and test_scores.py beside compare them whole",
    "annotation/templatetags/blocks.py": "sizes; tests/annotation/views/test_images.py, tests/browser/reading/",
    "annotation/views/load.py": "tests/annotation/test_uploads.py sends files through its form and reads its pages",
    "annotation/views/requests.py": "a type",
    "annotation/views/word_diff.py": "tests/annotation/views/test_duplicates.py compares the words that differ",
    "annotation/views/scorers/words.py": "texts; tests/codebase/test_translations.py",
    "annotation/views/release/words.py": "texts; tests/codebase/test_translations.py",
    "annotation/views/agreement/labels.py": "texts; tests/codebase/test_translations.py",
    "annotation/agreement/reasons.py": "texts; tests/codebase/test_translations.py asks that each is translated",
    "annotation/agreement/thresholds.py": "two numbers",
    "annotation/apps.py": "the app's name",
    "annotation/limits.py": "numbers; the tests of the steps that read them try each",
    "annotation/management/commands/": "arguments and output; tests/contract compares them, tests/test_journey.py runs them",
    "annotation/flow/references/images.py": "test_write.py beside stores images with answers and without",
    "annotation/models/content/": "test_constraints.py; tests/annotation/models/test_search.py; methods: tests of the steps",
    "annotation/models/entry/": "tests of flow/accounts/invitations.py and password_links.py; test_constraints.py",
    "annotation/models/": "rules of the database: test_constraints.py and test_triggers.py beside; methods: tests of the steps",
    "annotation/accounts/urls.py": "addresses; tests/annotation/access/test_membership.py visits each",
    "annotation/urls.py": "addresses; tests/annotation/access/test_membership.py visits each",
    "annotation/api/urls.py": "addresses; tests/annotation/access/test_membership.py visits each",
    "rubrics/apps.py": "the app's name",
    "rubrics/templatetags/markdown.py": "two filters of rubrics/markup, which tests/rubrics/markup tests",
    "rubrics/urls.py": "addresses; tests/rubrics/test_views.py visits each",
}


def has_test(name: str) -> bool:
    path = Path(name)
    return (ROOT / "tests" / path.parent / f"test_{path.name}").is_file()


def mirrored() -> list[str]:
    """The modules of annotation and rubrics that want a test file of their name."""
    names = [module.name for module in modules("annotation", "rubrics") if not module.is_migration]
    return [name for name in names if not name.endswith("__init__.py")]


def listed(name: str) -> bool:
    return name in TESTED_ELSEWHERE or f"{Path(name).parent.as_posix()}/" in TESTED_ELSEWHERE


def test_a_folder_holds_at_most_16_modules() -> None:
    folders = {path.parent for path in (ROOT / "annotation").rglob("*.py")}
    sizes = {path: len([module for module in path.glob("*.py") if module.stem != "__init__"]) for path in folders}
    small = {path: size for path, size in sizes.items() if not LARGE.intersection(path.parts)}
    assert {path.relative_to(ROOT).as_posix(): size for path, size in small.items() if size > MOST_MODULES} == {}


def test_a_python_file_has_at_most_300_lines() -> None:
    lengths = {
        module.name: module.text.count("\n")
        for module in modules("annotation", "rubrics", "config", "tests", "fixtures", "examples")
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES and "/migrations/" not in name} == {}


def test_a_script_has_at_most_250_lines() -> None:
    scripts = {path: path.read_text().count("\n") for path in (ROOT / "annotation" / "static" / "annotation").rglob("*.js")}
    assert {path.name: length for path, length in scripts.items() if length > MOST_SCRIPT_LINES} == {}


def test_a_function_has_at_most_60_lines() -> None:
    functions = [
        (module.at(node, node.name), (node.end_lineno or 0) - node.lineno)
        for module in modules("annotation", "rubrics", "config", "tests", "examples")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
    ]
    assert {name: length for name, length in functions if length > MOST_FUNCTION_LINES} == {}


def test_a_package_says_what_it_holds() -> None:
    packages = [module for module in source() if module.name.endswith("/__init__.py")]
    assert [module.name for module in packages if not ast.get_docstring(module.tree)] == []


def test_a_module_has_its_test_file_or_a_reason() -> None:
    assert [name for name in mirrored() if not has_test(name) and not listed(name)] == []


def test_a_module_with_a_reason_is_there_and_has_no_test_file() -> None:
    without = [name for name in mirrored() if not has_test(name)]
    folders = {f"{Path(name).parent.as_posix()}/" for name in without}
    assert [name for name in TESTED_ELSEWHERE if name not in without and name not in folders] == []
