from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.agree import agreement_report
from annotation.flow.agree.paper import FORMS, paper_of
from annotation.flow.agree.report import GROUPINGS, read_resamples
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Report the annotators' agreement, per rubric and criterion, with 95 % intervals."
    only_reads = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--by", default="", help=f"comma-separated: {', '.join(GROUPINGS)}")
        parser.add_argument("--resamples", default=1000, metavar="N", help="resamples for each interval (1000); 0: no intervals")
        parser.add_argument("--seed", default=0, metavar="N", help="seed of the resamples (0)")

        parser.add_argument("--paper", choices=FORMS, help="print the paragraph, tables and references for a paper instead")

    def run(self, **options: Any) -> Any:
        resamples = read_resamples(options["resamples"], options["seed"])
        if options["paper"]:
            return self.print_paper(paper_of(self.project(options), options["paper"], resamples))
        by = [column.strip() for column in options["by"].split(",") if column.strip()]
        result = agreement_report(self.project(options), by, resamples)
        for group in result["groups"]:
            if group["by"]:
                self.say(", ".join(f"{key}: {value}" for key, value in group["by"].items()))
            for row in group["criteria"]:
                self.say(f"{row['rubric']:<20} {row['criterion']:<32} {row['pairable_items']:>6}  alpha {in_words(row['alpha'])}")
        return result

    def print_paper(self, text: str) -> dict[str, str]:
        """Prints the text on standard output, but with --json, which prints it inside its document."""
        if not self.as_json:
            self.stdout.write(text, ending="")
        return {"paper": text}


def in_words(figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return f"– ({figure['reason']})"
    if figure.get("low") is None:
        return f"{figure['value']:.3f}" + (f" ({figure['no_interval']})" if figure.get("no_interval") else "")
    return f"{figure['value']:.3f} [{figure['low']:.3f}, {figure['high']:.3f}]"
