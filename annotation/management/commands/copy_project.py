from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.load.copy import copy_data
from annotation.flow.setup.copy import copy_project
from annotation.management.base import ProjectCommand
from annotation.management.progress import progress_bar


class Command(ProjectCommand):
    help = "Make a project like another one: rubrics, settings, rules and, with --data, what is judged; no people, no scores."
    only_reads = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", help="the short name of the copy")
        parser.add_argument("--title", default="", help="the title of the copy (its short name)")
        parser.add_argument("--data", action="store_true", help="copy queries, reference answers, responses and images too")

    def run(self, **options: Any) -> Any:
        source = self.project(options)
        made = copy_project(source=source, slug=options["slug"], title=options["title"])
        counts = {}
        if options["data"]:
            with progress_bar() as progress:
                counts = copy_data(project=made, source=source, progress=progress)
        self.say(", ".join([f"{made.slug}: copy of {source.slug}", *(f"{name} {value}" for name, value in counts.items())]))
        return {"project": made.slug, "title": made.title, "source": source.slug, "counts": counts}
