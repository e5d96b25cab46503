"""Releases the labels into a folder that somebody names: rows in the database, and files whose bytes depend on nothing but the
project's state.

The files are made beside the folder, in a hidden one that is locked while its process lives, and get its name once the rows are
committed. A process that is killed leaves the hidden one: the next release into the same folder deletes it, or gives it its name
where the rows are there.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.exporters import write
from annotation.flow.release.content import content_of
from annotation.flow.release.draft import Draft, read_draft
from annotation.flow.release.options import Options, refuse_options, refuse_taken
from annotation.flow.release.rows import in_turn, staged_rows, store_rows
from annotation.models import Event, Project, Release, User


class NotNamed(Refused):
    """The release is made, but its folder did not get its name."""


def release(*, project: Project, out: Path, options: Options = Options(), by: User | None = None) -> Release:  # noqa: B008 -- it is frozen
    """Freeze the labels and write them into `out`, which must be empty or not there. Raises Refused; then nothing is left.

    Reads all judgements of the project; texts and images pass through memory a few at a time.
    """
    finish_killed(project, out)
    refuse_taken(out)
    refuse_options(options)
    return in_turn(lambda: publish(read_draft(project, options), out, by))


def publish(draft: Draft, out: Path, by: User | None) -> Release:
    folder = out.parent / f".{out.name}-{uuid4().hex}"
    try:
        folder.mkdir(parents=True)
        with locked(folder):
            manifest = write(content_of(draft), folder)
            with staged_rows(draft) as staged, transaction.atomic():
                released = store_rows(draft, staged, manifest, by, folder.name)
                refuse_taken(out)
            name_folder(folder, out)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Refused(f"out: {out}: {error.strerror}") from error
    except (DatabaseError, NotNamed):
        raise  # the rows are committed, or may be: the next release into the folder sees it
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return released


def name_folder(folder: Path, out: Path) -> None:
    try:
        folder.replace(out)
    except OSError as error:
        told = {"out": out, "problem": error.strerror, "folder": folder}
        raise NotNamed(_("out: %(out)s: %(problem)s. The release is made, its files are in %(folder)s.") % told) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Raises BlockingIOError where another process has it."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(opened)


def finish_killed(project: Project, out: Path) -> None:
    """Give `out` its files where a process was killed between the commit and that, and delete what others left that were killed
    before."""
    name = re.compile(re.escape(f".{out.name}-") + "[0-9a-f]{32}")
    try:
        left = [path for path in out.parent.iterdir() if name.fullmatch(path.name)]
        for folder in left:
            with locked(folder):
                if not Event.objects.filter(project=project, verb=Event.Verb.RELEASED, data__folder=folder.name).exists():
                    shutil.rmtree(folder)
                elif not out.exists() or not any(out.iterdir()):
                    folder.replace(out)
    except OSError:
        return  # it is in use, or cannot be changed: then the release itself says why
