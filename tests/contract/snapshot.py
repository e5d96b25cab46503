"""The API, the addresses and the commands as plain data, without a database."""

import json
from argparse import Action
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, call_command, get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

STORED = Path(__file__).parent / "stored"
APPS = ("annotation", "rubrics")
PROSE = ("description", "summary", "title", "tags", "operationId")  # a property of one of these names is an object, and stays
UNORDERED = ("required", "enum", "oneOf", "anyOf", "allOf", "parameters", "security")


def without_database() -> dict[str, Any]:
    """By the stored file's name."""
    return {"api": api(), "urls": urls(), "commands": commands()}


def differences(name: str, content: Any) -> str:
    """What is stored and what is there now, as a diff; empty when nothing changed."""
    before = (STORED / f"{name}.json").read_text(encoding="utf-8").splitlines()
    return "\n".join(unified_diff(before, text_of(content).splitlines(), f"{name}: stored", f"{name}: now", lineterm=""))


def store(name: str, content: Any) -> None:
    (STORED / f"{name}.json").write_text(text_of(content), encoding="utf-8")


def text_of(content: Any) -> str:
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def api() -> dict[str, Any]:
    """The OpenAPI's paths, each component in the place of its name."""
    output = StringIO()
    call_command("spectacular", "--format", "openapi-json", stdout=output)
    schema = json.loads(output.getvalue())
    return dict(resolved(schema["paths"], schema))


def resolved(node: Any, schema: dict[str, Any]) -> Any:
    """`node` without prose and names of components, what has no order sorted."""
    if isinstance(node, list):
        return [resolved(part, schema) for part in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        component: Any = schema
        for key in node["$ref"].removeprefix("#/").split("/"):
            component = component[key]
        return resolved({key: value for key, value in node.items() if key != "$ref"} | component, schema)
    plain = {key: resolved(value, schema) for key, value in node.items() if not is_prose(key, value)}
    for key in UNORDERED:
        if isinstance(plain.get(key), list):
            plain[key] = sorted(plain[key], key=json.dumps)
    if len(plain.get("allOf", ())) == 1:  # a component with a description or a default of its own
        [whole] = plain.pop("allOf")
        plain = whole | plain
    return plain


def is_prose(key: str, value: Any) -> bool:
    return key.startswith("x-") or (key in PROSE and not isinstance(value, dict))


def urls() -> list[str]:
    return sorted(routes(get_resolver().url_patterns))


def routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def commands() -> dict[str, list[dict[str, Any]]]:
    """Each command's arguments in their order, but those that Django gives to every command."""
    ours = {name: load_command_class(app, name) for name, app in get_commands().items() if app in APPS}
    return {name: [argument(action) for action in actions(command)] for name, command in ours.items()}


def actions(command: BaseCommand) -> list[Action]:
    djangos = {flag for action in parsed(BaseCommand()) for flag in action.option_strings}
    return [action for action in parsed(command) if djangos.isdisjoint(action.option_strings)]


def parsed(command: BaseCommand) -> list[Action]:
    return command.create_parser("manage.py", "any")._actions


def argument(action: Action) -> dict[str, Any]:
    return {
        "flags": list(action.option_strings),
        "dest": action.dest,
        "action": type(action).__name__,
        "default": action.default,
        "choices": None if action.choices is None else list(action.choices),
        "nargs": action.nargs,
        "required": action.required,
        "type": getattr(action.type, "__name__", None),
    }
