from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from annotation.flow.cohorts import delete_cohort, limits_of_cohort, save_cohort
from annotation.management.base import ProjectCommand
from annotation.models import Cohort


class Command(ProjectCommand):
    help = "Make a cohort of a project's members, or set what one scores; what is not named is not limited."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("name", help="the cohort's name, such as experts")
        parser.add_argument("--category", action="append", default=[], help="one that it scores; may be repeated")
        parser.add_argument("--language", action="append", default=[], help="one of queries that it scores; may be repeated")
        parser.add_argument("--delete", action="store_true", help="delete the cohort; its members are in none then")

    @transaction.atomic
    def run(self, **options: Any) -> Any:
        project, name = self.project(options), options["name"]
        there = Cohort.objects.filter(project=project, name=name).first()
        if options["delete"]:
            if there is None:
                raise CommandError(_("cohort: there is no %(name)s") % {"name": name})
            delete_cohort(project=project, cohort=there.pk)
            self.say(f"{name}: deleted")
            return {"name": name, "deleted": True}
        cohort = save_cohort(
            project=project,
            cohort=there.pk if there else None,
            name=name,
            categories=options["category"],
            languages=options["language"],
        )
        limits = limits_of_cohort(cohort)
        parts = [f"categories {', '.join(limits.categories) or 'all'}", f"languages {', '.join(limits.languages) or 'all'}"]
        self.say(f"{cohort.name}: {'; '.join(parts)}")
        return limits._asdict()
