"""Releases that a job made, for the tests of what is done with them."""

from annotation.flow.jobs import queue
from annotation.flow.release import Options
from annotation.models import Job, Project, Release, User


def stored_release(project: Project, *, by: User | None = None, options: Options = Options(check_size=1)) -> Release:  # noqa: B008
    job = queue.start_release(project=project, options=options, by=by)
    assert Job.objects.get(pk=job.pk).state == "done"
    return Release.objects.with_state().get(project=project, version=Job.objects.get(pk=job.pk).report["release"])
