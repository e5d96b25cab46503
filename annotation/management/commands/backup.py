from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.backup.make import backup
from annotation.management.base import Command as BaseCommand
from annotation.management.progress import progress_bar


class Command(BaseCommand):
    help = "Copy the database, the files that it names and the secret key into a folder, while people work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="an empty or new folder")
        parser.add_argument("--since", type=Path, metavar="DIR", help="an earlier backup on the same disk, to share images with")

    def run(self, **options: Any) -> Any:
        with progress_bar() as progress:
            made = backup(folder=options["directory"], since=options["since"], progress=progress).as_dict()
        self.say(f"{options['directory']}: {made['rows']:,} rows, {made['files']:,} files, {made['bytes']:,} bytes")
        if not made["has_secret_key"]:
            self.say("the secret key is not in the backup, for SECRET_KEY is set: keep it elsewhere")
        for name in made["missing"]:
            self.say(f"{name}: missing in the storage")
        for name in made["damaged"]:
            self.say(f"{name}: damaged in the storage")
        return {"backup": str(options["directory"])} | made
