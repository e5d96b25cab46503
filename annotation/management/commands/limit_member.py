from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.limits import change_limits
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Set what a member may score; what is not named is not limited."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("username", help="whose limits are set")
        parser.add_argument("--category", action="append", default=[], help="one that they may score; may be repeated")
        parser.add_argument("--language", action="append", default=[], help="one of queries that they may score; may be repeated")
        parser.add_argument(
            "--system", action="append", default=[], help="one that they are tied to, and are never shown; may be repeated"
        )
        parser.add_argument("--per-day", type=int, metavar="N", help="most responses per day")

    def run(self, **options: Any) -> Any:
        limits = change_limits(
            username=options["username"],
            project=self.project(options),
            categories=options["category"],
            languages=options["language"],
            systems=options["system"],
            most_per_day=options["per_day"],
        )
        parts = [
            f"categories {', '.join(limits.categories) or 'all'}",
            f"languages {', '.join(limits.languages) or 'all'}",
            f"tied to {', '.join(limits.systems) or 'none'}",
        ]
        self.say(f"{options['username']}: {'; '.join(parts)}; per day {limits.most_per_day or 'any'}")
        return {"username": options["username"]} | limits._asdict()
