from typing import Any

from annotation.flow.lessons import lessons
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Report what disputes teach: their causes, levels that are not told apart, and what adjudicators decided."
    only_reads = True

    def run(self, **options: Any) -> Any:
        report = lessons(self.project(options), for_manager=True)
        self.say("{disputed} disputes on {responses} responses, {decided} decided".format(**report["disputes"]))
        for row in report["causes"]["criterion"]:
            counts = ", ".join(f"{cause} {counted['n']}" for cause, counted in row["causes"].items())
            self.say(f"{row['rubric']:<20} {row['criterion']:<32} {row['decided']:>6}  {counts}")
        for scale in report["levels"]:
            for pair in scale["pairs"]:
                if pair["confused"]:
                    levels = "{} and {}".format(*pair["levels"])
                    self.say(f"{scale['rubric']:<20} {scale['criterion']:<32} levels {levels} are not told apart")
        return report
