from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.release import retract
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Retract a release: it is not deleted, but says so with the reason wherever it is shown or downloaded."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("number", type=int, metavar="N", help="the number of the release")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="why, for whoever uses it")

    def run(self, **options: Any) -> Any:
        retraction = retract(release=self.release(options, options["number"]), reason=options["reason"])
        self.say(f"{options['project']}: release {options['number']} is retracted: {retraction.reason}")
        return {
            "project": options["project"],
            "release": options["number"],
            "retracted_at": retraction.at.isoformat(),
            "reason": retraction.reason,
        }
