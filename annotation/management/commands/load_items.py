from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotation.errors import Rejected
from annotation.flow.load import load_items
from annotation.flow.load.report import ItemReport
from annotation.importers.formats import TOOLS, layout, read_columns
from annotation.management.base import ProjectCommand
from annotation.management.progress import progress_bar


class Command(ProjectCommand):
    help = "Load queries, reference answers, responses and images, all or nothing; make tasks and slots."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="a .json, .jsonl or .csv with its images beside it, or a .zip of these")
        parser.add_argument("--dry-run", action="store_true", help="check everything, store nothing")
        parser.add_argument("--format", choices=TOOLS, default="sixpoint", help="the tool whose format the file has (sixpoint)")
        parser.add_argument(
            "--columns",
            nargs="+",
            default=[],
            metavar="KEY=COLUMN,…",
            help="which columns hold what, as in question=prompt,image:picture",
        )

    def run(self, **options: Any) -> Any:
        with progress_bar() as progress:
            report = load_items(
                path=options["file"],
                project=self.project(options),
                dry_run=options["dry_run"],
                layout=layout(options["format"], read_columns(options["columns"])),
                progress=progress,
            )
        self.say(", ".join(f"{key} {value}" for key, value in report.counts.items()))
        return report.as_dict()

    def refused(self, error: Exception) -> None:
        if isinstance(error, Rejected):
            self.print_json(ItemReport(rejected=error.rejections).as_dict())
