from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.accounts.second_factor import ask_for_second_factor
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Say whether a project asks its managers for a second factor."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("wanted", choices=["on", "off"], help="whether managers need one")

    def run(self, **options: Any) -> Any:
        project = ask_for_second_factor(project=self.project(options), wanted=options["wanted"] == "on")
        self.say(f"{project.slug}: second factor of managers {options['wanted']}")
        return {"project": project.slug, "second_factor": project.second_factor}
