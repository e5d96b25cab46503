from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from annotation.errors import Rejected, quoted
from annotation.flow import adjudicate
from annotation.flow.agree import copies
from annotation.flow.load import load_scores
from annotation.flow.load.report import ScoreReport
from annotation.importers.times import parse_zone
from annotation.management.base import ProjectCommand
from annotation.management.progress import progress_bar


class Command(ProjectCommand):
    help = "Load existing human scores, all or nothing; their annotators cannot sign in, and each is a first judgement."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="CSV, TSV, JSON Lines (.jsonl): a row per response, annotator and criterion")
        parser.add_argument("--dry-run", action="store_true", help="check everything, store nothing")
        parser.add_argument(
            "--time-zone", default="", metavar="ZONE", help="of times that name none, as in Asia/Shanghai, UTC or +08:00"
        )

    def run(self, **options: Any) -> Any:
        with progress_bar() as progress:
            project = self.project(options)
            report = load_scores(
                path=options["file"],
                project=project,
                dry_run=options["dry_run"],
                zone=parse_zone(options["time_zone"]),
                progress=progress,
            )
        adjudicate.ask_further_where_due(project=project)
        self.say(", ".join(f"{key} {value}" for key, value in report.counts.items()))
        for spellings in report.spellings:
            self.say(_("%(names)s are one annotator") % {"names": ", ".join(map(quoted, spellings))})
        warnings = [] if options["dry_run"] else copies.load_warnings(project)
        for warning in warnings:
            self.say(copies.in_words(warning))
        return report.as_dict() | {"warnings": warnings}

    def refused(self, error: Exception) -> None:
        if isinstance(error, Rejected):
            self.print_json(ScoreReport().as_dict() | error.report())
