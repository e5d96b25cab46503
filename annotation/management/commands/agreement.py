from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.agree import GROUPINGS, report
from annotation.management.projects import ProjectCommand


class Command(ProjectCommand):
    help = "Report how far the annotators agree, per rubric and criterion."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--by", default="", help=f"comma-separated: {', '.join(GROUPINGS)}")

    def run(self, **options: Any) -> Any:
        by = [column.strip() for column in options["by"].split(",") if column.strip()]
        result = report(self.project(options), by)
        for group in result["groups"]:
            if group["by"]:
                self.say(", ".join(f"{key}: {value}" for key, value in group["by"].items()))
            for row in group["criteria"]:
                alpha = row["alpha"]
                shown = f"{alpha['value']:.3f}" if alpha["value"] is not None else f"– ({alpha['reason']})"
                self.say(f"{row['rubric']:<20} {row['criterion']:<32} {row['items']:>6}  alpha {shown}")
        return result
