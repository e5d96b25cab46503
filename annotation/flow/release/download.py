"""A stored release as one .zip, made while it is sent: nothing is compressed, so that its length is known before."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from zipstream import ZipStream

from annotation.errors import Refused
from annotation.flow.images.renditions import pieces
from annotation.flow.shown import show_project
from annotation.models import Download, Event, Release, Retraction, User

NOTICE = "RETRACTED.txt"


class NotStored(Refused):
    """The files of the release are not in the storage."""


@dataclass(frozen=True)
class Archive:
    """`size` in bytes, which `chunks` have together; `retraction` where the release was retracted, which the answer must say."""

    name: str
    size: int
    chunks: Iterator[bytes]
    retraction: Retraction | None


def download(*, release: Release, by: User) -> Archive:
    """The release as a .zip with one folder, and who took it recorded. Raises NotStored.

    A retracted release has a file more, RETRACTED.txt, which says why.
    """
    if not release.is_stored or not default_storage.exists(f"{release.files.folder}/manifest.json"):
        raise NotStored(_("The files of release %(version)s are not stored here.") % {"version": release.version})
    top = f"{release.project.slug}-{release.version}"
    retraction = release.retraction if release.is_retracted else None
    stream = ZipStream(sized=True)
    if retraction:
        stream.add(notice(retraction), f"{top}/{NOTICE}")
    for name, size in sorted(release.files.sizes.items()):
        stream.add(pieces(f"{release.files.folder}/{name}", 0, size), f"{top}/{name}", size=size)
    with transaction.atomic():
        show_project(to=by, project=release.project)
        Download.objects.create(release=release, by=by, at=timezone.now())
        Event.objects.create(project=release.project, verb=Event.Verb.DOWNLOADED, by=by, data={"version": release.version})
    return Archive(f"{top}.zip", len(stream), iter(stream), retraction)


def notice(retraction: Retraction) -> bytes:
    words = _("Release %(version)s of %(project)s was retracted on %(day)s: %(reason)s") % {
        "version": retraction.release.version,
        "project": retraction.release.project.slug,
        "day": retraction.at.date().isoformat(),
        "reason": retraction.reason,
    }
    return f"{words}\n".encode()
