"""The first half of a load of items: reads a file once, checks each record, and keeps the sound ones in a temporary file."""

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from annotation.errors import MOST_REJECTIONS, Fault, Refused, Rejection, quoted, too_many_faults
from annotation.flow.batches import batched
from annotation.flow.images.store import THREADS, ImageStore
from annotation.flow.progress import READING, Progress
from annotation.imaging.inspect import BadImage
from annotation.importers.formats import Layout, sixpoint
from annotation.importers.image_names import NoFile
from annotation.importers.items import Blocks, Record, categories_in, faults_of_profile, image_paths, read_record
from annotation.importers.tables import READERS, TABLES
from rubrics.models import Rubric

BATCH = 500


@dataclass
class ItemReading:
    """What the records are checked against, and the result so far: the sound records in `file`, the faults of the others."""

    rubrics: dict[str, Rubric]  # by category
    images: ImageStore
    layout: Layout
    file: BinaryIO
    sound: int = 0  # how many records are in the file
    rejected: list[Rejection] = field(default_factory=list)
    missing_images: bool = False  # some image is not there

    @property
    def is_full(self) -> bool:
        return len(self.rejected) > MOST_REJECTIONS

    @property
    def advice(self) -> str:
        """What somebody should know who sent the file alone though its records name images."""
        if not self.missing_images or self.images.package.has_images:
            return ""
        return _("Images belong in a .zip, together with the file that names them.")

    def reject(self, number: int, faults: list[Fault]) -> None:
        if not self.is_full:
            self.rejected += [Rejection.of(number, fault) for fault in faults]

    def keep(self, record: Record) -> None:
        pickle.dump(record, self.file)
        self.sound += 1

    def sound_records(self) -> Iterator[Record]:
        """The records of the file, in their order; their images are named by hash."""
        self.file.seek(0)
        return (pickle.load(self.file) for _number in range(self.sound))  # noqa: S301 we wrote it a moment ago


def read_file(reading: ItemReading, progress: Progress) -> None:
    """Read the package of images to its end. Raises Refused where it cannot be read."""
    package = reading.images.package
    if package.name.lower().endswith(TABLES) and reading.layout is sixpoint:
        raise Refused(_("%(file)s: a table is expected to come with the format csv (--format csv)") % {"file": package.name})
    with package.open() as file, ThreadPoolExecutor(THREADS) as pool:
        reader = READERS[Path(package.name).suffix.lower()]

        def report() -> None:
            progress(READING, file.tell(), package.size)

        before: list[tuple[Record, bool]] = []  # whose images are decoded while the next ones are read
        for batch in batched(reader(file, package.name), BATCH, position=file.tell):
            records = list(parsed_records(reading, batch))
            reading.images.begin((path for record, _sound in records for path in image_paths(record)), pool)
            keep_sound(reading, before, report)
            before = records
            report()
            if reading.is_full:
                reading.rejected.append(Rejection.of(batch[-1][0] + 1, too_many_faults()))
                break
        keep_sound(reading, before, report)


def parsed_records(reading: ItemReading, batch: list[tuple[int, Any]]) -> Iterator[tuple[Record, bool]]:
    """The records, each with whether it is sound in itself: the faults of the others are rejected, and their images are looked at
    nevertheless."""
    for number, data in batch:
        faults: list[Fault] = []
        record = read_record(number, data if isinstance(data, Fault) else reading.layout(data), faults)
        reading.reject(number, faults)
        if record:
            yield record, not faults


def keep_sound(reading: ItemReading, records: list[tuple[Record, bool]], report: Callable[[], None]) -> None:
    """Keep the records whose images and levels are sound too; `report` is called after each image."""
    for record, sound in records:
        for path in image_paths(record):
            if path in reading.images.begun:
                reading.images.look_at(path)
                report()
        faults = list(faults_of_scale(record, reading.rubrics)) if sound else []
        hashed = with_hashes(record, reading, faults)
        reading.reject(record.number, faults)
        if sound and not faults:
            reading.keep(hashed)


def faults_of_scale(record: Record, rubrics: dict[str, Rubric]) -> Iterator[Fault]:
    """Where the category has no rubric, or levels of the references are not on its scale."""
    rubric = rubrics.get(record.category)
    if rubric is None:
        yield unknown_category(record, ", ".join(sorted(rubrics)))
        return
    keys = {criterion.key for criterion in rubric.criteria.all() if criterion.is_rated}
    expected = _("expected a level from %(low)s to %(high)s") % {"low": rubric.scale_min, "high": rubric.scale_max}
    for reference in record.references:
        where = f"references.{reference.level}"
        if not rubric.scale_min <= reference.level <= rubric.scale_max:
            yield Fault(where, expected, reference.level)
        yield from faults_of_profile(reference.profile, keys, (rubric.scale_min, rubric.scale_max), f"{where}.profile")


def unknown_category(record: Record, known: str) -> Fault:
    if record.category:
        return Fault("category", _("is none of the project's: expected %(known)s") % {"known": known}, record.category)
    error = _("missing, and the id %(id)s names none: expected %(known)s")
    if categories_in(record.id):
        error = _("missing, and the id %(id)s names more than one: expected %(known)s")
    return Fault("category", error % {"id": quoted(record.id), "known": known}, kind=error)


def with_hashes(record: Record, reading: ItemReading, faults: list[Fault]) -> Record:
    """The record with each image named by its hash; each image that cannot be had is added to `faults`."""

    def hashed(blocks: Blocks | None, where: str) -> Any:
        return hashed_blocks(blocks, where, reading, faults) if blocks else blocks

    return replace(
        record,
        question=hashed(record.question, "question"),
        correct_answer=hashed(record.correct_answer, "gt_answer"),
        references=tuple(
            replace(reference, blocks=hashed(reference.blocks, f"references.{reference.level}"))
            for reference in record.references or ()
        ),
        answer=hashed(record.answer, "answer"),
    )


def hashed_blocks(blocks: Blocks, where: str, reading: ItemReading, faults: list[Fault]) -> Blocks:
    hashed: Blocks = []
    for number, block in enumerate(blocks):
        image = block["image"]
        try:
            hashed.append({"text": block["text"], "image": reading.images.digest(image) if image else None})
        except BadImage as error:
            reading.missing_images |= isinstance(error, NoFile)
            faults.append(Fault(f"{where}[{number}].image", str(error), image, kind=str(error.args[0])))
    return hashed
