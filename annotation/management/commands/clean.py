from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.jobs.cleanup import clean
from annotation.management.base import Command as BaseCommand


class Command(BaseCommand):
    help = "Delete files that nothing refers to and rows that have expired, and end jobs whose worker was killed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="list what would be deleted")

    def run(self, **options: Any) -> Any:
        cleaned = clean(dry_run=options["dry_run"])
        for name in cleaned.files:
            self.say(name)
        counts = {"files": len(cleaned.files), "lost_jobs": cleaned.lost_jobs} | cleaned.rows
        self.say(", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.items()))
        return {"files": cleaned.files, "lost_jobs": cleaned.lost_jobs, "rows": cleaned.rows}
