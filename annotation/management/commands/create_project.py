from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.setup.projects import create_project
from annotation.management.base import Command as BaseCommand


class Command(BaseCommand):
    help = "Make a project of loaded rubrics, one per category, and freeze them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--rubric", action="append", required=True, metavar="SLUG[@VERSION]")
        parser.add_argument("--title", default="")
        parser.add_argument("--overlap", type=int, default=3, help="annotators per response (3)")
        parser.add_argument("--seed", type=int, default=0, help="seed of the order (0)")

    def run(self, **options: Any) -> Any:
        project = create_project(
            slug=options["slug"],
            rubrics=options["rubric"],
            title=options["title"],
            overlap=options["overlap"],
            seed=options["seed"],
        )
        chosen = [link.rubric.name for link in project.project_rubrics.select_related("rubric")]
        self.say(f"{project.slug}: {', '.join(chosen)}")
        return {"project": project.slug, "title": project.title, "rubrics": chosen, "overlap": project.overlap}
