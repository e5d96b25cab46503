"""The command line: Django's, with Sixpoint's own commands first in its help, and one line where the database is not migrated."""

import sys
from collections.abc import Iterator

from django.core.management import ManagementUtility, get_commands, load_command_class
from django.core.management.color import color_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

APPS = ("annotation", "rubrics")


def is_migrated() -> bool:
    """Whether the database has every migration that this version knows. Raises DatabaseError where it does not answer."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def not_migrated() -> str:
    return str(_("The database is not up to date: run manage.py migrate"))


class CommandLine(ManagementUtility):
    def main_help_text(self, commands_only: bool = False) -> str:
        if commands_only:
            return super().main_help_text(commands_only)
        own = {name: app for name, app in get_commands().items() if app in APPS}
        others = sorted(set(get_commands()) - set(own))
        return "\n".join(
            [
                "Type 'manage.py help COMMAND' for the options of a command.",
                "",
                "Sixpoint:",
                *described(own),
                "",
                "Django and its parts:",
                *(f"  {name}" for name in others),
            ]
        )

    def execute(self) -> None:
        try:
            super().execute()
        except DatabaseError:
            if is_migrated_or_unknown():
                raise
            sys.stderr.write(color_style().ERROR(not_migrated()) + "\n")
            sys.exit(1)


def described(commands: dict[str, str]) -> Iterator[str]:
    """A line for each command: its name and its help."""
    width = max(map(len, commands))
    for name, app in sorted(commands.items()):
        words = " ".join(str(load_command_class(app, name).help).split())
        yield f"  {name:<{width}}  {words}"


def is_migrated_or_unknown() -> bool:
    """True also where the database does not answer: then the error that there was says why."""
    try:
        return is_migrated()
    except DatabaseError:
        return True
