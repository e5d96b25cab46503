from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.errors import Rejected
from annotation.flow.load import Report, load_items
from annotation.management.projects import ProjectCommand


class Command(ProjectCommand):
    help = "Load queries, reference answers, responses and images, all or nothing; make tasks and slots."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="a .json file; its images are named relative to it")
        parser.add_argument("--dry-run", action="store_true", help="check everything, store nothing")

    def run(self, **options: Any) -> Any:
        report = load_items(path=options["file"], project=self.project(options), dry_run=options["dry_run"])
        counts = {key: value for key, value in report.as_dict().items() if key != "rejected"}
        self.say(", ".join(f"{key} {value}" for key, value in counts.items()))
        return report.as_dict()

    def refused(self, error: Exception) -> None:
        if isinstance(error, Rejected):
            self.print_json(Report(rejected=error.rejections).as_dict())
