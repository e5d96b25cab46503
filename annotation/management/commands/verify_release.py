from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotation.exporters import verify
from config.command import JsonCommand


class Command(JsonCommand):
    help = "Check the files of a release, a folder or a .zip of it, against its manifest. Needs no database."
    requires_migrations_checks = False
    requires_system_checks: Any = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="the folder of the release, or a .zip of it")

    def run(self, **options: Any) -> Any:
        problems = verify(options["directory"])
        if problems:
            self.print_json({"directory": str(options["directory"]), "problems": problems})
            raise CommandError("\n".join(problems))
        self.say(f"{options['directory']}: every file is as released")
        return {"directory": str(options["directory"]), "problems": []}
