from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.backup.restore import restore
from annotation.management.base import Command as BaseCommand
from annotation.management.progress import progress_bar


class Command(BaseCommand):
    help = "Put a backup back, into an empty database and an empty DATA_DIR."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="the folder of the backup")

    def run(self, **options: Any) -> Any:
        with progress_bar() as progress:
            restored = restore(folder=options["directory"], progress=progress)
        manifest, waiting = restored.manifest, restored.waiting_migrations
        rows = sum(manifest.rows.values())
        self.say(f"{options['directory']}: {rows:,} rows and {restored.files:,} files of {manifest.made_at} are back")
        if waiting:
            self.say(f"{waiting} migrations wait: run manage.py migrate")
        if not manifest.has_secret_key:
            self.say("the backup has no secret key: set SECRET_KEY to that of the installation it was made of")
        told = {"database": manifest.database, "made_at": manifest.made_at, "has_secret_key": manifest.has_secret_key}
        return {"backup": str(options["directory"]), **told, "rows": rows, "files": restored.files, "migrations": waiting}
