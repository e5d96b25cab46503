"""Takes in images that people upload, as loads store theirs: each is decoded whole, and stored once by its hash."""

import io
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused, ValidationError
from annotation.flow.images.store import THREADS, ImageStore
from annotation.flow.progress import Progress
from annotation.flow.turns import SECONDS_BETWEEN_TRIES, take_turns
from annotation.imaging.inspect import BadImage
from annotation.models import Image, Project

LONGEST_WAIT = 10  # seconds for the end of a load


@dataclass
class Uploads:
    """The uploaded files of a request, by their names, as a Package of images."""

    files: Mapping[str, bytes]
    name: str = "uploads"
    size: int = 0
    has_images: bool = True

    def open(self) -> AbstractContextManager[BinaryIO]:
        return nullcontext(io.BytesIO())

    def image(self, path: str) -> bytes:
        return self.files[path]


def add_images(*, project: Project, images: Mapping[str, bytes]) -> dict[str, str]:
    """Store the images, so that blocks can name them. Returns the key of each by its name. `clean` deletes those that none names
    in time (images/unused).

    Raises ValidationError for what is no image, and Refused while a load keeps it waiting.
    """
    with stored_images(project, images) as hashes:
        stored = Image.objects.filter(project=project, sha256__in=hashes.values())
        stored.exclude(uploaded_at=None).update(uploaded_at=timezone.now())
        keys = dict(stored.values_list("sha256", "key"))
    return {name: keys[digest] for name, digest in hashes.items()}


@contextmanager
def stored_images(project: Project, images: Mapping[str, bytes]) -> Iterator[dict[str, str]]:
    """The hash of each image by its name, in a transaction that stores them all; an error inside leaves nothing of them.

    Raises ValidationError, Refused.
    """
    if not images:
        with transaction.atomic():
            yield {}
        return
    store = examined(images)
    hashes = {name: store.digest(name) for name in images}
    with take_turns(patience()):
        try:
            rows = store.new_rows(project, set(hashes.values()))
            for row in rows:
                row.uploaded_at = timezone.now()
            store.write()
            with transaction.atomic():
                Image.objects.bulk_create(rows)
                yield hashes
        except DatabaseError:
            raise  # whether it was committed is not known: the next load sees which files have a row
        except BaseException:
            store.undo()
            raise
        store.done()


def examined(images: Mapping[str, bytes]) -> ImageStore:
    """Raises ValidationError that names each file that is no sound image."""
    store, faults = ImageStore(Uploads(images)), {}
    with ThreadPoolExecutor(THREADS) as pool:
        store.begin(images, pool)
        for name in images:
            store.look_at(name)
    for name in images:
        try:
            store.digest(name)
        except BadImage as error:
            faults[name] = str(error)
    if faults:
        raise ValidationError(faults)
    return store


def patience() -> Progress:
    """Of somebody who looks at a page while a load has its turn. Raises Refused after LONGEST_WAIT."""
    tries = iter(range(int(LONGEST_WAIT / SECONDS_BETWEEN_TRIES)))

    def wait(_phase: str, _done: int, _total: int) -> None:
        if next(tries, None) is None:
            raise Refused(_("An import is under way: images can be added when it is done. Try again in a few minutes."))

    return wait
