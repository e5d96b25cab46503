from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.closing import ACTIONS
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Take a closed or finished project off the lists; it can then only be read."
    only_reads = True  # of an archived project it is refused by the step, or undoes it

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--undo", action="store_true", help="take the project back from the archive")

    def run(self, **options: Any) -> Any:
        action = "unarchive" if options["undo"] else "archive"
        project = ACTIONS[action](project=self.project(options))
        state = "archived" if project.archived_at else "closed" if project.closed_at else "open"
        self.say(f"{project.slug}: {state}")
        return {"project": project.slug, "closed_at": project.closed_at, "archived_at": project.archived_at}
