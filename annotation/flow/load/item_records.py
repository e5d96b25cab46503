"""The first half of a load: reads a file once, record by record, and lets what is sound in itself wait in a temporary file."""

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from annotation.errors import MOST_REJECTIONS, Fault, Refused, Rejection, too_many_faults
from annotation.flow.batches import batched
from annotation.flow.images.store import THREADS, ImageStore
from annotation.flow.progress import READING, Progress
from annotation.imaging.inspect import BadImage
from annotation.importers import items
from annotation.importers.formats import Layout, sixpoint
from annotation.importers.items import Record
from annotation.importers.readers import READERS
from rubrics.models import Rubric

BATCH = 500


@dataclass
class Reading:
    """What the records are held against, and what was found so far."""

    rubrics: dict[str, Rubric]
    intake: ImageStore
    layout: Layout
    waiting: BinaryIO
    sound: int = 0  # how many records wait
    rejected: list[Rejection] = field(default_factory=list)

    def reject(self, number: int, fault: Fault) -> None:
        self.rejected.append(Rejection(number, fault.field, fault.error))


def read_file(reading: Reading, progress: Progress) -> None:
    """Read the package of the intake to its end. Raises Refused where it cannot be read."""
    package = reading.intake.package
    if package.name.lower().endswith(".csv") and reading.layout is sixpoint:
        raise Refused(_("%(file)s: a table is expected to come with the format csv (--format csv)") % {"file": package.name})
    with package.open() as file, ThreadPoolExecutor(THREADS) as pool:
        reader = READERS[Path(package.name).suffix.lower()]

        def seen() -> None:
            progress(READING, file.tell(), package.size)

        before: list[Record] = []  # whose images are decoded while the next ones are read
        for batch in batched(reader(file, package.name), BATCH, position=file.tell):
            records = list(parsed_records(reading, batch))
            reading.intake.begin((path for record in records for path in items.image_paths(record)), pool)
            store_sound(reading, before, seen)
            before = records
            seen()
            if len(reading.rejected) > MOST_REJECTIONS:
                reading.reject(batch[-1][0] + 1, too_many_faults())
                break
        store_sound(reading, before, seen)


def stored_records(reading: Reading) -> Iterator[Record]:
    """What read_file let wait, in the order of the file."""
    reading.waiting.seek(0)
    return (pickle.load(reading.waiting) for _number in range(reading.sound))  # noqa: S301 we wrote it a moment ago


def parsed_records(reading: Reading, batch: list[tuple[int, Any]]) -> Iterator[Record]:
    """The records that are sound in themselves; the faults of the others are noted."""
    for number, data in batch:
        faults: list[Fault] = []
        record = items.parse_record(number, data if isinstance(data, Fault) else reading.layout(data), faults)
        for fault in faults:
            reading.reject(number, fault)
        if record:
            yield record


def store_sound(reading: Reading, records: list[Record], seen: Callable[[], None]) -> None:
    """Put the records by whose images and levels are sound too; `seen` is called after each image."""
    for record in records:
        for path in items.image_paths(record):
            if path in reading.intake.begun:
                reading.intake.look_at(path)
                seen()
        before = len(reading.rejected)
        with rejecting(reading, record):
            check_scale(record, reading.rubrics)
        with rejecting(reading, record):
            record = with_hashes(record, reading.intake)
        if len(reading.rejected) == before:
            pickle.dump(record, reading.waiting)
            reading.sound += 1


@contextmanager
def rejecting(reading: Reading, record: Record) -> Iterator[None]:
    try:
        yield
    except Fault as fault:
        reading.reject(record.number, fault)


def check_scale(record: Record, rubrics: dict[str, Rubric]) -> None:
    """The category has a rubric, and the levels of the references are on its scale. Raises Fault."""
    rubric = rubrics.get(record.category)
    if not record.category:
        raise Fault("category", _("missing, and the id names none: expected %(known)s") % {"known": ", ".join(sorted(rubrics))})
    if rubric is None:
        raise Fault(
            "category",
            _("%(category)s is none of the project's: expected %(known)s")
            % {"category": repr(record.category), "known": ", ".join(sorted(rubrics))},
        )
    keys = {criterion.key for criterion in rubric.criteria.all() if criterion.is_rated}
    expected = _("expected a level from %(low)s to %(high)s") % {"low": rubric.scale_min, "high": rubric.scale_max}
    for reference in record.references:
        where = f"references.{reference.level}"
        if not rubric.scale_min <= reference.level <= rubric.scale_max:
            raise Fault(where, expected)
        for key, level in (reference.profile or {}).items():
            if key not in keys:
                raise Fault(f"{where}.profile.{key[:100]}", _("expected one of %(keys)s") % {"keys": ", ".join(sorted(keys))})
            if not rubric.scale_min <= level <= rubric.scale_max:
                raise Fault(f"{where}.profile.{key}", expected)


def with_hashes(record: Record, intake: ImageStore) -> Record:
    """The record with each image named by its hash. Raises Fault."""
    return replace(
        record,
        question=stored_blocks(record.question, "question", intake),
        correct_answer=stored_blocks(record.correct_answer, "gt_answer", intake),
        references=tuple(
            replace(reference, blocks=stored_blocks(reference.blocks, f"references.{reference.level}", intake))
            for reference in record.references
        ),
        answer=stored_blocks(record.answer, "answer", intake),
    )


def stored_blocks(blocks: items.Blocks | None, where: str, intake: ImageStore) -> Any:
    if blocks is None:
        return None
    found = []
    for number, block in enumerate(blocks):
        image = block["image"]
        try:
            found.append({"text": block["text"], "image": intake.digest(image) if image else None})
        except BadImage as error:
            raise Fault(f"{where}[{number}].image", str(error)) from error
    return found
