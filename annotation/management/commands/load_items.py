from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from annotation.errors import Rejected
from annotation.flow.jobs.queue import prepare_later
from annotation.flow.load import load_items
from annotation.flow.load.report import ItemReport
from annotation.importers.formats import TOOLS, layout, read_columns
from annotation.management.base import ProjectCommand
from annotation.management.progress import progress_bar


class Command(ProjectCommand):
    help = "Load queries, reference answers, responses and images, all or nothing; make tasks and slots."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="a .json, .jsonl, .csv or .tsv with its images beside it, or a .zip of these")
        parser.add_argument("--dry-run", action="store_true", help="check everything, store nothing")
        parser.add_argument("--pool", action="store_true", help="make no slots: draw_sample chooses which responses are scored")
        parser.add_argument("--format", choices=TOOLS, default="sixpoint", help="the tool whose format the file has (sixpoint)")
        parser.add_argument(
            "--columns",
            nargs="+",
            default=[],
            metavar="KEY=COLUMN,…",
            help="which columns hold what, as in question=prompt,image:picture",
        )

    def run(self, **options: Any) -> Any:
        project = self.project(options)
        with progress_bar() as progress:
            report = load_items(
                path=options["file"],
                project=project,
                dry_run=options["dry_run"],
                pool=options["pool"],
                layout=layout(options["format"], read_columns(options["columns"])),
                progress=progress,
            )
        self.say(", ".join(f"{key} {value}" for key, value in report.counts.items()))
        if report.images and not options["dry_run"]:
            prepare_later(project=project)
            told = {"command": f"manage.py prepare_images --project {project.slug}"}
            self.say(_("manage.py worker makes the sizes of the images that pages show. Without one, run %(command)s") % told)
        return report.as_dict()

    def refused(self, error: Exception) -> None:
        if isinstance(error, Rejected):
            self.print_json(ItemReport().as_dict() | error.report())
