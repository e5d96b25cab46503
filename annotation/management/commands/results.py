from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.check import standing_release
from annotation.flow.results import results_report
from annotation.flow.results.files import FORMS, csv_of, text_of
from annotation.flow.results.labelled import KINDS, PLAIN
from annotation.flow.results.report import GROUPINGS
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Report the results: systems against categories, fields and criteria in percent, with 95 % intervals."
    only_reads = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--by", default="", help=f"comma-separated: {', '.join(GROUPINGS)}; all but subfield without it")
        parser.add_argument("--labels", choices=KINDS, default=PLAIN, help=f"which value of a label is averaged ({PLAIN})")
        parser.add_argument("--release", type=int, metavar="N", help="the labels of this release instead of those of now")
        parser.add_argument("--scorer", default="", metavar="NAME", help="add estimates from few labels and the scorer's scores")
        parser.add_argument("--format", choices=FORMS, help="print the tables on standard output")

    def run(self, **options: Any) -> Any:
        by = [column.strip() for column in options["by"].split(",") if column.strip()]
        project = self.project(options)
        release = None if options["release"] is None else standing_release(project, options["release"])
        report = results_report(project, by, options["labels"], release, options["scorer"])
        form = options["format"]
        self.as_json = self.as_json or form == "json"
        if form in (None, "json"):
            self.say_results(report)
            return report
        text = csv_of(report).decode() if form == "csv" else text_of(report, form)
        if not self.as_json:
            self.stdout.write(text, ending="")
        return {"format": form, "text": text}

    def say_results(self, report: dict[str, Any]) -> None:
        for row in report["systems"]:
            part = f"  ({row['unanswered']} queries unanswered)" if row["unanswered"] else ""
            self.say(f"{row['system']:<32} {row['overall']['n']:>6}  {in_words(row['overall'])}{part}")
        for row in report["headline"]["steps"]:
            chance = "" if row["beyond_chance"] else "  (not beyond chance)"
            self.say(f"{row['first']} - {row['second']}: {in_words(row)}{chance}")
        for row in report["scorer"]["systems"] if report["scorer"] else []:
            alone, both = in_words(row["labels"]), in_words(row["both"])
            self.say(f"{row['system']:<32} labels {alone}  scores {in_words(row['scores'])}  both {both}")


def in_words(figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return f"– ({figure['reason']})"
    if figure["low"] is None:
        return f"{figure['value']:.1f} ({figure['no_interval']})"
    return f"{figure['value']:.1f} [{figure['low']:.1f}, {figure['high']:.1f}]"
