"""The bases of the commands: refusals as messages, and the project as an argument."""

from typing import Any, ClassVar

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.models import Project, Release
from config.command import JsonCommand


class Command(JsonCommand):
    refusals: ClassVar[tuple[type[Exception], ...]] = (Refused,)


class ProjectCommand(Command):
    only_reads: ClassVar[bool] = False  # then it may be of an archived project

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG", help="the project's short name")

    def release(self, options: dict[str, Any], number: int) -> Release:
        release = Release.objects.filter(project=self.project(options), version=number).select_related("project").first()
        if release is None:
            told = {"project": options["project"], "number": number}
            raise CommandError(_("release: %(project)s has no release %(number)s") % told)
        return release

    def project(self, options: dict[str, Any]) -> Project:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(_("project: there is no %(slug)s") % {"slug": options["project"]})
        if project.archived_at and not self.only_reads:
            raise CommandError(_("project: %(slug)s is archived and can only be read") % {"slug": project.slug})
        return project
