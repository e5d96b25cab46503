from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from annotation.flow.check import withdraw
from annotation.management.base import ProjectCommand
from annotation.models import Scorer


class Command(ProjectCommand):
    help = "Withdraw a scorer: it is not deleted, but says so with the reason wherever it is shown, and gets no further run."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("name", metavar="NAME", help="the name of the scorer")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="why, for whoever uses it")

    def run(self, **options: Any) -> Any:
        scorer = Scorer.objects.select_related("project").filter(project=self.project(options), name=options["name"]).first()
        if scorer is None:
            told = {"project": options["project"], "name": options["name"]}
            raise CommandError(_("scorer: %(project)s has no scorer %(name)s") % told)
        withdraw(scorer=scorer, reason=options["reason"])
        assert scorer.withdrawn_at is not None
        self.say(f"{options['project']}: {scorer.name} is withdrawn: {scorer.withdrawn_reason}")
        return {
            "project": options["project"],
            "scorer": scorer.name,
            "withdrawn_at": scorer.withdrawn_at.isoformat(),
            "reason": scorer.withdrawn_reason,
        }
