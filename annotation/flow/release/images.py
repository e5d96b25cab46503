"""The images of a release: each by the name that it has there, with bytes that a plain reader shows as annotators saw it.

An original that plain readers show so is released as it is, HASH.suffix. Any other one is released as a PNG, by the hash of that.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from annotation.errors import Refused
from annotation.exporters import SeenImage
from annotation.flow.images.renditions import NoOriginal, original_file, seen_copy, why_otherwise
from annotation.imaging.inspect import SUFFIX
from annotation.imaging.otherwise import AS_IT_IS
from annotation.models import Image, Project

THREADS = min(os.cpu_count() or 1, 8)  # Pillow decodes outside of Python's lock
BATCH = 500
RECENT_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReleasedImage:
    """`name` in images/, `original` in originals/, `file` in the storage; without reasons both names are one."""

    name: str
    original: str
    file: str
    reasons: tuple[str, ...] = ()


class ReleaseImages:
    """The images of a project; those that plain readers show otherwise are made, or read, when they are first named."""

    def __init__(self, project: Project) -> None:
        self.project = project
        as_it_is = Image.objects.filter(project=project, shown_otherwise=AS_IT_IS).values_list("sha256", "format")
        self.by_digest = {digest: unchanged(digest, format) for digest, format in as_it_is.iterator()}
        self.by_name = {image.name: image for image in self.by_digest.values()}
        self.recent: dict[str, bytes] = {}  # several writers read the images of a label one after another

    def look_at(self, digests: Iterable[str]) -> None:
        """Learn the names of these images at once, in several threads. Raises Refused."""
        new = sorted(set(digests) - self.by_digest.keys())
        with ThreadPoolExecutor(THREADS) as pool:
            for start in range(0, len(new), BATCH):
                rows = Image.objects.filter(project=self.project, sha256__in=new[start : start + BATCH]).order_by("sha256")
                for row, image in zip(rows, pool.map(released, rows), strict=True):
                    self.by_digest[row.sha256] = image
                    self.by_name.setdefault(image.name, image)

    def name(self, digest: str) -> str:
        """Its name in images/. Raises Refused."""
        if digest not in self.by_digest:
            self.look_at([digest])
        return self.by_digest[digest].name

    def seen(self, names: Iterable[str]) -> list[SeenImage]:
        """Those of these names in images/ that are not files as they came, one for each original, sorted."""
        wanted = set(names)
        images = {image for image in self.by_digest.values() if image.reasons and image.name in wanted}
        return [SeenImage(*row) for row in sorted((image.name, image.original, image.reasons) for image in images)]

    def read(self, name: str) -> bytes:
        """By the name in images/. Raises Refused."""
        if name not in self.recent:
            content = read_file(self.by_name[name].file, name)
            while self.recent and sum(map(len, self.recent.values())) + len(content) > RECENT_BYTES:
                del self.recent[next(iter(self.recent))]
            self.recent[name] = content
        return self.recent[name]


def released_alike(project: Project) -> dict[str, str]:
    """Of originals that are released as one image, because annotators saw the same: the least of their digests, by each of them.

    Those that were seen alike have one size and difference hash, so that hardly any image is looked at. One of which nothing is
    known is left out: its file was missing, and then there is no release with it. Raises Refused.
    """
    rows = Image.objects.filter(project=project).exclude(shown_otherwise="").order_by("sha256")
    groups: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    otherwise: set[str] = set()
    for digest, reasons, *looks in rows.values_list("sha256", "shown_otherwise", "difference_hash", "width", "height").iterator():
        groups[tuple(looks)].append(digest)
        if reasons != AS_IT_IS:
            otherwise.add(digest)
    alike = [group for group in groups.values() if len(group) > 1 and not otherwise.isdisjoint(group)]
    if not alike:
        return {}
    images = ReleaseImages(project)
    images.look_at(digest for group in alike for digest in group)
    first: dict[str, str] = {}
    return {digest: first.setdefault(images.name(digest), digest) for group in alike for digest in group}


def read_original(name: str) -> bytes:
    """By the name in originals/. Raises Refused."""
    return read_file(original_file(name), name)


def read_file(file: str, name: str) -> bytes:
    try:
        with default_storage.open(file) as stored:
            return bytes(stored.read())
    except OSError as error:
        raise unreadable(name, error) from error


def unreadable(name: str, problem: Exception) -> Refused:
    return Refused(_("image %(name)s: its original cannot be read: %(problem)s") % {"name": name, "problem": problem})


def unchanged(digest: str, format: str) -> ReleasedImage:
    name = f"{digest}.{SUFFIX[format]}"
    return ReleasedImage(name, name, original_file(name))


def released(image: Image) -> ReleasedImage:
    original = unchanged(image.sha256, image.format)
    try:
        reasons = why_otherwise(image)
        if reasons == AS_IT_IS:
            return original
        copy = seen_copy(image)
    except NoOriginal as error:
        raise unreadable(original.original, error) from error
    digest = hashlib.sha256(read_file(copy, original.original)).hexdigest()
    return ReleasedImage(f"{digest}.png", original.original, copy, tuple(reasons.split(",")))
