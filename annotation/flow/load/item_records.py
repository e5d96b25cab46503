"""The first half of a load of items: reads a file once, checks each record, and keeps the sound ones in a temporary file."""

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
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
from annotation.importers.items import Blocks, Record, categories_in, check_profile, image_paths, parse_record
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

    def reject(self, number: int, fault: Fault) -> None:
        self.rejected.append(Rejection.of(number, fault))

    @contextmanager
    def rejecting(self, record: Record) -> Iterator[None]:
        """Take a Fault that is raised inside as the record's."""
        try:
            yield
        except Fault as fault:
            self.reject(record.number, fault)

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

        before: list[Record] = []  # whose images are decoded while the next ones are read
        for batch in batched(reader(file, package.name), BATCH, position=file.tell):
            records = list(parsed_records(reading, batch))
            reading.images.begin((path for record in records for path in image_paths(record)), pool)
            keep_sound(reading, before, report)
            before = records
            report()
            if len(reading.rejected) > MOST_REJECTIONS:
                reading.reject(batch[-1][0] + 1, too_many_faults())
                break
        keep_sound(reading, before, report)


def parsed_records(reading: ItemReading, batch: list[tuple[int, Any]]) -> Iterator[Record]:
    """The records that are sound in themselves; the faults of the others are rejected."""
    for number, data in batch:
        faults: list[Fault] = []
        record = parse_record(number, data if isinstance(data, Fault) else reading.layout(data), faults)
        for fault in faults:
            reading.reject(number, fault)
        if record:
            yield record


def keep_sound(reading: ItemReading, records: list[Record], report: Callable[[], None]) -> None:
    """Keep the records whose images and levels are sound too; `report` is called after each image."""
    for record in records:
        for path in image_paths(record):
            if path in reading.images.begun:
                reading.images.look_at(path)
                report()
        before = len(reading.rejected)
        with reading.rejecting(record):
            check_scale(record, reading.rubrics)
        with reading.rejecting(record):
            record = with_hashes(record, reading.images)
        if len(reading.rejected) == before:
            reading.keep(record)


def check_scale(record: Record, rubrics: dict[str, Rubric]) -> None:
    """Check that the category has a rubric, and that the levels of the references are on its scale. Raises Fault."""
    rubric = rubrics.get(record.category)
    if rubric is None:
        raise unknown_category(record, ", ".join(sorted(rubrics)))
    keys = {criterion.key for criterion in rubric.criteria.all() if criterion.is_rated}
    expected = _("expected a level from %(low)s to %(high)s") % {"low": rubric.scale_min, "high": rubric.scale_max}
    for reference in record.references:
        where = f"references.{reference.level}"
        if not rubric.scale_min <= reference.level <= rubric.scale_max:
            raise Fault(where, expected, reference.level)
        check_profile(reference.profile, keys, (rubric.scale_min, rubric.scale_max), f"{where}.profile")


def unknown_category(record: Record, known: str) -> Fault:
    if record.category:
        return Fault("category", _("is none of the project's: expected %(known)s") % {"known": known}, record.category)
    error = _("missing, and the id %(id)s names none: expected %(known)s")
    if categories_in(record.id):
        error = _("missing, and the id %(id)s names more than one: expected %(known)s")
    return Fault("category", error % {"id": quoted(record.id), "known": known}, kind=error)


def with_hashes(record: Record, images: ImageStore) -> Record:
    """The record with each image named by its hash. Raises Fault."""
    return replace(
        record,
        question=hashed_blocks(record.question, "question", images),
        correct_answer=None if record.correct_answer is None else hashed_blocks(record.correct_answer, "gt_answer", images),
        references=tuple(
            replace(reference, blocks=hashed_blocks(reference.blocks, f"references.{reference.level}", images))
            for reference in record.references
        ),
        answer=hashed_blocks(record.answer, "answer", images),
    )


def hashed_blocks(blocks: Blocks, where: str, images: ImageStore) -> Blocks:
    hashed: Blocks = []
    for number, block in enumerate(blocks):
        image = block["image"]
        try:
            hashed.append({"text": block["text"], "image": images.digest(image) if image else None})
        except BadImage as error:
            raise Fault(f"{where}[{number}].image", str(error), image, kind=str(error.args[0])) from error
    return hashed
