from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.adjudicate import ask_further_where_due
from annotation.flow.overlap import FIELDS, set_overlap
from annotation.management.base import ProjectCommand
from annotation.management.progress import progress_bar
from annotation.models import Project


class Command(ProjectCommand):
    help = "Change how many annotators score each response: slots that nobody has begun on come and go, judgements stay."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("overlap", type=int, help="annotators per response")
        parser.add_argument("--larger-share", type=float, help="share of responses with more annotators, 0 to 1 (as it is)")
        parser.add_argument("--larger-overlap", type=int, help="annotators per response of that share (as it is)")

    def run(self, **options: Any) -> Any:
        project = self.project(options)
        with progress_bar() as progress:
            changes = {name: options[name] for name in FIELDS if options[name] is not None}
            fitted = set_overlap(project=project, changes=changes, progress=progress)
        ask_further_where_due(project=project)
        numbers = Project.objects.filter(pk=project.pk).values(*FIELDS).get()
        self.say(", ".join(f"{name} {value}" for name, value in fitted.as_dict().items()))
        return {"project": project.slug, **numbers, **fitted.as_dict()}
