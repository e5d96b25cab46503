"""Rules over the syntax tree that a search for words would miss; each is proved on code that breaks it."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator

import pytest

from tests.codebase.sources import Module, imported, modules, source

WRITES = {
    "create", "acreate", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update",
    "delete", "adelete", "save", "asave", "save_base", "save_model", "delete_model", "executemany",
}  # fmt: skip
# Where rows are written, beside the migrations: the flow and rubrics.versioning. The pure packages have no rows to write.
WRITERS = ("annotation/flow/", "rubrics/versioning.py", "config/sqlite/")  # the last carries out what Django is asked to
PURE = ("annotation/agreement/", "annotation/exporters/", "annotation/importers/", "annotation/imaging/")
# What the flow may not import; import-linter cannot forbid a part of an external package.
HTTP = (
    "django.http", "django.shortcuts", "django.forms", "django.views", "django.urls", "django.contrib.messages", "rest_framework",
)  # fmt: skip
MESSAGE_CLASSES = {"Refused", "NoLongerYours", "AlreadyDone", "Fault", "Rejection", "BadRubric", "BadImage", "CommandError"}
MESSAGE_LEVELS = {"info", "success", "warning", "error"}  # of django.contrib.messages
PHRASE = re.compile(r"[A-Za-z]{2,}[,;]? [A-Za-z]+")
READS = {ast.Subscript: {"os.environ"}, ast.Attribute: {"os.environ.get", "os.getenv"}}
Rule = Callable[[Module], Iterator[str]]


def no_logic_in_save_or_delete(module: Module) -> Iterator[str]:
    for holder in ast.walk(module.tree):
        for node in holder.body if isinstance(holder, ast.ClassDef) else ():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in {"save", "asave", "delete", "adelete"}:
                yield module.at(node, f"{holder.name}.{node.name} is overridden")


def written_by_the_flow_alone(module: Module) -> Iterator[str]:
    """Nowhere else, whatever the manager or the row is called: not in views and commands, nor in the admin, blind or forms."""
    if module.name.startswith((*WRITERS, *PURE)) or module.is_migration:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            yield module.at(node, f".{node.func.attr}() writes outside the flow")


def models_and_flow_without_http(module: Module) -> Iterator[str]:
    if module.name.startswith(("annotation/flow/", "annotation/models/")):
        for node, name in imported(module.tree):
            if f"{name}.".startswith(tuple(f"{part}." for part in HTTP)):
                yield module.at(node, f"{name} is imported")


def importers_and_imaging_import_only_djangos_utils(module: Module) -> Iterator[str]:
    if module.name.startswith(("annotation/importers/", "annotation/imaging/")):
        for node, name in imported(module.tree):
            if name.startswith("django.") and not name.startswith("django.utils."):
                yield module.at(node, f"{name} is imported")


def the_environment_is_read_in_settings_alone(module: Module) -> Iterator[str]:
    """Reading: a module of the start may set DJANGO_SETTINGS_MODULE. config/environment.py reads what the settings name."""
    if module.name in ("config/settings.py", "config/environment.py"):
        return
    for node in ast.walk(module.tree):
        place = node.value if isinstance(node, ast.Subscript) else node
        if isinstance(place, ast.Attribute) and ast.unparse(place) in READS.get(type(node), set()):
            yield module.at(node, ast.unparse(node))


def messages_are_translated(module: Module) -> Iterator[str]:
    """A phrase goes through gettext; names of fields and files may stand in an f-string."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and shows_a_message(node.func):
            for phrase in phrases([*node.args, *(keyword.value for keyword in node.keywords)]):
                yield module.at(phrase, f"{phrase.value!r} is not translated")


def shows_a_message(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "messages":
        return called.attr in MESSAGE_LEVELS
    return (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) in MESSAGE_CLASSES


def phrases(arguments: list[ast.expr]) -> Iterator[ast.Constant]:
    """The phrases in the arguments, but those inside of _() or gettext_lazy()."""
    for argument in arguments:
        if isinstance(argument, ast.Constant):
            if isinstance(argument.value, str) and PHRASE.search(argument.value):
                yield argument
        elif not (isinstance(argument, ast.Call) and getattr(argument.func, "id", "") in ("_", "gettext_lazy")):
            yield from phrases([node for node in ast.iter_child_nodes(argument) if isinstance(node, ast.expr)])


def nothing_is_left_for_later(module: Module) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT and re.search(r"\b(TODO|FIXME|XXX|HACK)\b", token.string):
            yield f"{module.name}:{token.start[0]}: {token.string}"


def no_test_is_left_out(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        leaves_out = isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "xfail", "importorskip"}
        if leaves_out and ast.unparse(node.value) in {"pytest", "pytest.mark", "unittest"}:
            yield module.at(node, ast.unparse(node))


RULES: dict[Rule, str] = {
    no_logic_in_save_or_delete: "class Task:\n    def delete(self): ...",
    written_by_the_flow_alone: "rows = Task.objects.filter(pk=1)\nrows.update(round=2)",
    models_and_flow_without_http: "from django.http import Http404",
    importers_and_imaging_import_only_djangos_utils: "from django.conf import settings",
    the_environment_is_read_in_settings_alone: "import os\nos.environ.get('DEBUG')",
    messages_are_translated: "raise Refused(f'file: {name}: not a file')",
    nothing_is_left_for_later: "pass  # TODO: later",
}
TEST_RULES: dict[Rule, str] = {
    nothing_is_left_for_later: RULES[nothing_is_left_for_later],
    no_test_is_left_out: "@pytest.mark.xfail\ndef test(): ...",
}
PLACES = {
    models_and_flow_without_http: "annotation/flow/new.py",
    importers_and_imaging_import_only_djangos_utils: "annotation/importers/new.py",
}
OBEYED: list[tuple[Rule, str, str]] = [
    (written_by_the_flow_alone, "annotation/flow/new.py", "Task.objects.create()"),
    (written_by_the_flow_alone, "annotation/migrations/0099_new.py", "Task.objects.create()"),
    (models_and_flow_without_http, "annotation/views/new.py", "from django.http import Http404"),
    (models_and_flow_without_http, "annotation/flow/new.py", "from django.db import transaction"),
    (importers_and_imaging_import_only_djangos_utils, "annotation/importers/new.py", "from django.utils.text import slugify"),
    (importers_and_imaging_import_only_djangos_utils, "annotation/sql/new.py", "from django.conf import settings"),
    (the_environment_is_read_in_settings_alone, "config/settings.py", "os.environ['DEBUG']"),
    (the_environment_is_read_in_settings_alone, "config/new.py", "os.environ.setdefault('A', 'b')"),
    (messages_are_translated, "annotation/flow/new.py", "raise Refused(_('not a %(thing)s') % {'thing': 'x'})"),
    (messages_are_translated, "annotation/flow/new.py", "raise Refused(f'out: {out}: {error.strerror}')"),
    (messages_are_translated, "annotation/flow/new.py", "logger.info('not shown to people')"),
]


def named(rule: object) -> str:
    return getattr(rule, "__name__", "")


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_source_keeps_the_rule(rule: Rule) -> None:
    assert [fault for module in source() for fault in rule(module)] == []


@pytest.mark.parametrize("rule", TEST_RULES, ids=named)
def test_the_tests_keep_the_rule(rule: Rule) -> None:
    assert [fault for module in modules("tests", "fixtures") for fault in rule(module)] == []


@pytest.mark.parametrize("rule", RULES | TEST_RULES, ids=named)
def test_the_rule_finds_what_breaks_it(rule: Rule) -> None:
    module = Module(PLACES.get(rule, "annotation/admin.py"), (RULES | TEST_RULES)[rule])
    assert len(list(rule(module))) == 1


@pytest.mark.parametrize(("rule", "name", "text"), OBEYED)
def test_the_rule_lets_pass_what_keeps_it(rule: Rule, name: str, text: str) -> None:
    assert list(rule(Module(name, text))) == []
