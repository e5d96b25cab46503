"""Makes the sizes of images that pages show before anybody asks for them: in a job after each load, or by a command."""

from annotation.flow.images import renditions
from annotation.flow.progress import PREPARING, Progress, silent
from annotation.models import Image, Project

BATCH = 100


def prepare_images(*, project: Project, progress: Progress = silent) -> dict[str, int]:
    """Make what is missing; returns how many images have all their sizes, and of how many the original is missing."""
    of_project = Image.objects.filter(project=project).order_by("pk")
    total, done, missing, last = of_project.count(), 0, 0, 0
    # some at a time: SQLite lets nobody write who is still reading from before another's writing
    while batch := list(of_project.filter(pk__gt=last)[:BATCH]):
        for image in batch:
            try:
                renditions.prepare(image)
            except renditions.NoOriginal:  # the log says which
                missing += 1
            done, last = done + 1, image.pk
            progress(PREPARING, done, total)
    return {"images": done - missing, "missing": missing}
