"""The commands of the annotator's page, each with its default key, which a person can change; and those of the adjudicator's.

Digits score and are never the key of another command; `?` shows the keys, arrows move, Ctrl with Enter submits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HELP_KEY = "?"  # shows the keys; no command may have it
LETTERS = "abcdefghijklmnopqrstuvwxyz"


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
            Command("redo", ";", _("redo what was undone")),
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
            Command("ladder_lower", "-", _("lower reference answers")),
            Command("ladder_higher", "+", _("higher reference answers")),
            Command("ladder_follow", "/", _("reference answers follow your scores, or stay")),
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

# The adjudicator's page: what it shares with the annotator's has the same key, which the person may have changed; what is its
# own has its letter, or another one where the person has given that letter to something else.
LADDER = ("ladder_lower", "ladder_higher", "ladder_follow")
READING = ("next_block", "previous_block", "references", *LADDER, "compare", "view", "raw", "blur", "levels")
SHARED = ("na", "penalty_1", "undo", "redo", "feedback", "note", *READING, "submit", "skip")
DECIDING = (
    Group(
        _("Deciding"),
        (
            COMMANDS["na"],
            Command("penalty_1", "h", _("first penalty: applies, does not apply")),
            Command("penalty_2", "q", _("second penalty")),
            Command("penalty_3", "w", _("third penalty")),
            Command("penalty_4", "e", _("fourth penalty")),
            Command("cause_1", "g", _("gap in the rubric")),
            Command("cause_2", "j", _("fault in the item")),
            Command("cause_3", "k", _("slip")),
            Command("cause_4", "l", _("genuine ambiguity")),
            COMMANDS["undo"],
            COMMANDS["redo"],
        ),
    ),
    Group(
        _("Reasons and feedback"),
        (
            Command("reason", "o", _("the reason; Escape leaves it")),
            Command("note", "m", _("a reason for this criterion alone")),
            Command("feedback", "f", _("feedback for the release")),
        ),
    ),
    Group(
        _("Reading"),
        (*(COMMANDS[name] for name in READING), Command("guidance", "c", _("guidance"))),
    ),
    Group(_("Actions"), (COMMANDS["submit"], Command("skip", "x", _("other ways than deciding")))),
)


def keys_by_command(changes: Mapping[str, Any]) -> dict[str, str]:
    """The key of each command after a person's changes; empty where they have switched single keys off.

    A command that is newer than their choice has no key where they had given its key to another one.
    """
    if changes.get("off"):
        return {}
    taken = {str(key) for name, key in changes.items() if name in COMMANDS}
    free = {name: "" if command.key in taken else command.key for name, command in COMMANDS.items()}
    return {name: str(changes.get(name, key)) for name, key in free.items()}


def deciding_keys(changes: Mapping[str, Any]) -> dict[str, str]:
    """The key of each command of the adjudicator's page, never the same for two; empty where single keys are switched off."""
    chosen = keys_by_command(changes)
    if not chosen:
        return {}
    keys = {name: chosen[name] for name in SHARED}
    for command in (command for group in DECIDING for command in group.commands if command.name not in keys):
        free = [letter for letter in (command.key, *LETTERS) if letter not in keys.values()]
        keys[command.name] = free[0]
    return keys


def grouped_commands(
    keys: Mapping[str, str], titles: Mapping[str, str], without: set[str], groups: tuple[Group, ...] = GROUPS
) -> list[tuple[str | Promise, list[Command]]]:
    """The commands with their keys, by group; `titles` has the project's own names, such as those of its penalties."""
    shown = [
        (
            group.title,
            [
                Command(command.name, keys.get(command.name, ""), titles.get(command.name, command.title))
                for command in group.commands
                if command.name not in without
            ],
        )
        for group in groups
    ]
    return [(title, commands) for title, commands in shown if commands]
