from typing import Any

from annotation.flow.images.prepare import prepare_images
from annotation.management.base import ProjectCommand
from annotation.management.progress import progress_bar


class Command(ProjectCommand):
    help = "Make the sizes of the project's images that pages show, as a worker does after each load; make none twice."
    only_reads = True

    def run(self, **options: Any) -> Any:
        with progress_bar() as progress:
            report = prepare_images(project=self.project(options), progress=progress)
        self.say(", ".join(f"{key} {value}" for key, value in report.items()))
        return report
