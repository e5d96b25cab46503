from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.history import FORMATS, export_history
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Print everything that happened in a project, a line each: first its own events, then each response's."
    only_reads = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--format", choices=FORMATS, default="jsonl", help="jsonl (JSON Lines) by default")

    def run(self, **options: Any) -> Any:
        happenings = export_history(self.project(options))
        if self.as_json:
            return {"happenings": list(happenings)}
        for line in FORMATS[options["format"]](happenings):
            self.stdout.write(line, ending="")
        return None
