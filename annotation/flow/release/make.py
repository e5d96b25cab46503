"""Releases the labels into the storage, in a job: there pages and the API have its files."""

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.exporters import write
from annotation.flow.progress import COMPUTING, ENDING, Progress
from annotation.flow.release.content import content_of
from annotation.flow.release.draft import read_draft
from annotation.flow.release.options import Options, refuse_options
from annotation.flow.release.rows import in_turn, staged_rows, store_rows
from annotation.flow.release.storage import STORED, making, new_name, remove_folder, sizes_of, store_files, sweep
from annotation.models import Job, Release, ReleaseFiles, Task


def make(*, job: Job, options: Options, progress: Progress) -> Release:
    """Freeze the labels as rows and store their files: both, or neither, whatever ends the process. Raises Refused, and what
    `progress` raises.

    Files that a killed worker left are deleted first; its own go when it fails.
    """
    refuse_options(options)
    sweep()
    try:
        return in_turn(lambda: make_once(job, options, progress))
    except OSError as error:
        problem = error.strerror or error
        raise Refused(_("the files of the release cannot be written: %(problem)s") % {"problem": problem}) from error


def make_once(job: Job, options: Options, progress: Progress) -> Release:
    progress(COMPUTING, 0, Task.objects.filter(project=job.project).count())
    draft, name = read_draft(job.project, options), new_name(job)
    with making(name) as folder:
        manifest = write(content_of(draft, progress), folder)
        sizes = sizes_of(folder)
        try:
            stored = store_files(folder, name, sizes, progress)
            with staged_rows(draft) as staged, transaction.atomic():
                released = store_rows(draft, staged, manifest, job.made_by, name)
                ReleaseFiles.objects.create(release=released, folder=stored, sizes=sizes)
                progress(ENDING, 1, 1)
        except DatabaseError:
            raise  # whether it was committed is not known: clean sees whether there is a row
        except BaseException:
            remove_folder(f"{STORED}/{name}")
            raise
    return released
