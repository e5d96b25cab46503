from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.setup.projects import create_project
from annotation.management.base import Command as BaseCommand


class Command(BaseCommand):
    help = "Make a project of loaded rubrics, one per category, and freeze them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the short name, which stands in addresses and commands")
        parser.add_argument(
            "--rubric",
            action="append",
            required=True,
            metavar="SLUG[@VERSION]",
            help="a rubric, in its newest version or in that one; once for each category",
        )
        parser.add_argument("--title", default="", help="the title (the short name)")
        parser.add_argument("--overlap", type=int, default=3, help="annotators per response (3)")
        parser.add_argument(
            "--larger-share", type=float, default=0, help="the share of responses with more annotators, 0 to 1 (0)"
        )
        parser.add_argument("--larger-overlap", type=int, help="annotators per response of that share")
        parser.add_argument("--seed", type=int, default=0, help="seed of the order (0)")

    def run(self, **options: Any) -> Any:
        project = create_project(
            slug=options["slug"],
            rubrics=options["rubric"],
            title=options["title"],
            overlap=options["overlap"],
            seed=options["seed"],
            larger_share=options["larger_share"],
            larger_overlap=options["larger_overlap"],
        )
        chosen = [link.rubric.name for link in project.project_rubrics.select_related("rubric")]
        self.say(f"{project.slug}: {', '.join(chosen)}")
        return {"project": project.slug, "title": project.title, "rubrics": chosen, "overlap": project.overlap}
