"""The commands of the annotator's page, each with its default key, which a person can change.

Digits score and are never the key of another command; `?` shows the keys, arrows move, Ctrl with Enter submits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HELP_KEY = "?"  # shows the keys; no command may have it


@dataclass(frozen=True)
class Command:
    name: str
    key: str
    title: str | Promise


@dataclass(frozen=True)
class Group:
    title: str | Promise
    commands: tuple[Command, ...]


GROUPS = (
    Group(
        _("Scoring"),
        (
            Command("na", "n", _("not applicable, where the rubric allows it")),
            Command("penalty_1", "h", _("first penalty")),
            Command("penalty_2", "j", _("second penalty")),
            Command("penalty_3", "k", _("third penalty")),
            Command("penalty_4", "l", _("fourth penalty")),
            Command("confidence", "c", _("how sure: unsure, fairly sure, sure")),
            Command("undo", "u", _("undo the last change")),
        ),
    ),
    Group(
        _("Notes and feedback"),
        (
            Command("feedback", "f", _("feedback; Escape leaves it")),
            Command("note", "m", _("note on the criterion")),
            Command("block_note", "b", _("note on the current block")),
        ),
    ),
    Group(
        _("Errors"),
        (
            Command("error_1", "q", _("first error")),
            Command("error_2", "w", _("second error")),
            Command("error_3", "e", _("third error")),
            Command("error_4", "t", _("fourth error")),
            Command("error_5", "o", _("fifth error")),
            Command("error_6", "p", _("sixth error")),
        ),
    ),
    Group(
        _("Reading"),
        (
            Command("next_block", ".", _("next block")),
            Command("previous_block", ",", _("previous block")),
            Command("references", "r", _("reference answers")),
            Command("compare", "v", _("two images side by side")),
            Command("view", "i", _("image in full size")),
            Command("raw", "a", _("raw text")),
            Command("blur", "y", _("show or blur possibly harmful content")),
            Command("levels", "d", _("all levels of the criterion")),
            Command("guidance", "g", _("guidance")),
        ),
    ),
    Group(
        _("Actions"),
        (
            Command("submit", "s", _("submit")),
            Command("skip", "x", _("skip")),
            Command("flag", "z", _("flag for the managers")),
        ),
    ),
)
COMMANDS = {command.name: command for group in GROUPS for command in group.commands}


def keys_by_command(changes: Mapping[str, Any]) -> dict[str, str]:
    """The key of each command after a person's changes; empty where they have switched single keys off."""
    if changes.get("off"):
        return {}
    return {name: str(changes.get(name, command.key)) for name, command in COMMANDS.items()}


def grouped_commands(
    changes: Mapping[str, Any], titles: Mapping[str, str], without: set[str]
) -> list[tuple[str | Promise, list[Command]]]:
    """The commands with the person's keys, by group; `titles` has the project's own names, such as those of its penalties."""
    keys = keys_by_command(changes)
    groups = [
        (
            group.title,
            [
                Command(command.name, keys.get(command.name, ""), titles.get(command.name, command.title))
                for command in group.commands
                if command.name not in without
            ],
        )
        for group in GROUPS
    ]
    return [(title, commands) for title, commands in groups if commands]
