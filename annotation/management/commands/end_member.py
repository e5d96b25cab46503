from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.leave import end_member
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "End somebody's membership of a project: what they hold goes back, what they submitted stays and counts."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("username", help="the name with which the person signs in")

    def run(self, **options: Any) -> Any:
        participation = end_member(username=options["username"], project=self.project(options))
        self.say(f"{options['username']}: no longer a member of {options['project']}")
        return {"username": options["username"], "project": options["project"], "ended_at": participation.ended_at}
