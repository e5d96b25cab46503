from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotation.flow.backup.verify import verify
from config.command import JsonCommand


class Command(JsonCommand):
    help = "Check the files of a backup against its manifest, and its database. Needs no database server."
    requires_migrations_checks = False
    requires_system_checks: Any = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="the folder of the backup")

    def run(self, **options: Any) -> Any:
        problems = verify(options["directory"])
        if problems:
            self.print_json({"backup": str(options["directory"]), "problems": problems})
            raise CommandError("\n".join(problems))
        self.say(f"{options['directory']}: whole")
        return {"backup": str(options["directory"]), "problems": []}
