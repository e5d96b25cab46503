from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.load import export_items
from annotation.management.base import ProjectCommand
from annotation.management.progress import progress_bar


class Command(ProjectCommand):
    help = "Write queries, reference answers, responses and images in the format that load_items reads."
    only_reads = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty or new folder")

    def run(self, **options: Any) -> Any:
        with progress_bar() as progress:
            written = export_items(project=self.project(options), out=options["out"], progress=progress)
        self.say(", ".join(f"{key} {value}" for key, value in written.items()))
        return {"out": str(options["out"])} | written
