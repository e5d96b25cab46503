"""The base of all commands: messages on standard error, one JSON document on standard output, exit status 1 on a refusal."""

import sys
from typing import Any, ClassVar

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils.translation import gettext as _

from config.manage import is_migrated, not_migrated


class JsonCommand(BaseCommand):
    """`run` returns the document that --json prints, and passes messages for people to `say`."""

    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    requires_migrations_checks = True

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(*args, **kwargs)
        parser.add_argument("--json", action="store_true", help="print one JSON document on standard output")
        return parser

    def check_migrations(self) -> None:
        """Refuse to run on a database that this version does not fit, where Django would warn and go on."""
        try:
            migrated = is_migrated()
        except OperationalError as error:
            raise CommandError(_("the database does not answer: %(problem)s") % {"problem": error}) from error
        if not migrated:
            raise CommandError(not_migrated())

    def handle(self, *args: Any, **options: Any) -> None:
        self.as_json = options["json"]
        try:
            result = self.run(**options)
        except self.refusals as error:
            self.refused(error)
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(_("the database does not answer: %(problem)s") % {"problem": error}) from error
        self.print_json(result)

    def run(self, **options: Any) -> Any:
        raise TypeError(f"{type(self).__module__} has no run()")

    def refused(self, error: Exception) -> None:
        """Called on a refusal: a command may print a JSON document of it."""

    def say(self, message: str) -> None:
        self.stderr.write(str(message), self.style.SUCCESS if sys.stderr.isatty() else str)

    def print_json(self, result: Any) -> None:
        if self.as_json:
            self.stdout.write(orjson.dumps(result, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())
