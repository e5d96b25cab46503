from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from annotation.flow.setup.workspace import FIELDS, error_lines, set_up
from annotation.management.base import ProjectCommand
from annotation.models import ErrorType, Workspace


class Command(ProjectCommand):
    help = "Show the annotation settings of a project, or change them with FIELD=VALUE."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("changes", nargs="*", metavar="FIELD=VALUE", help=", ".join(FIELDS))
        parser.add_argument(
            "--error",
            action="append",
            metavar="'TITLE: DESCRIPTION'",
            help="a type of error that annotators can mark; together they replace all",
        )

    def run(self, **options: Any) -> Any:
        project = self.project(options)
        errors = None if options["error"] is None else "\n".join(options["error"])
        set_up(project=project, by=None, changes=dict(map(change, options["changes"])), errors=errors)
        workspace = Workspace.objects.get(project=project)
        lines = error_lines(ErrorType.objects.offered(project)).splitlines()
        values = {field: getattr(workspace, field) for field in FIELDS}
        self.say("\n".join(f"{field}={value}" for field, value in values.items()))
        return {"project": project.slug} | values | {"errors": lines}


def change(argument: str) -> tuple[str, Any]:
    field, equals, value = argument.partition("=")
    if not equals:
        raise CommandError(_("%(argument)s: expected FIELD=VALUE") % {"argument": argument})
    return field, None if value in ("", "none") and field == "errors_below" else value
