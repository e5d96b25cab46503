"""Loads queries, reference answers and responses, all or nothing; what is there already is left as it is.

First the file is read once, record by record: each is checked in itself, its images are decoded, and what is sound waits in a
temporary file. Then it is held against the project: what is new waits in staging tables, in the order of its slots and with its
possible duplicates. Nobody else is kept waiting for that, but other loads for the second part. At last one transaction stores
it all. Memory holds a batch of records, and some hundred bytes for each task and for each different image.
"""

from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.db import DatabaseError, transaction

from annotation.errors import Rejected
from annotation.flow.assign import initial_slots, last_position
from annotation.flow.batches import batched
from annotation.flow.duplicates import search
from annotation.flow.images.store import ImageStore, sweep
from annotation.flow.load.item_content import STAGED, ItemLoad, stage_batch
from annotation.flow.load.item_records import ItemReading, read_file
from annotation.flow.load.overtaken import anew_if_overtaken, newest_event, refuse_overtaken
from annotation.flow.load.report import ItemReport
from annotation.flow.progress import COMPARING, ENDING, SEARCHING, STORING, Progress, silent
from annotation.flow.staging import staging
from annotation.flow.turns import take_turns
from annotation.importers.archive import Package, open_package
from annotation.importers.formats import Layout, sixpoint
from annotation.models import Assignment, Event, Image, PossibleDuplicate, Project, Query, User
from annotation.sql.analyze import analyze
from rubrics.models import Rubric

BATCH = 500
MANY = 500  # so many tasks change what PostgreSQL thinks of its tables


def load_items(*, path: Path, project: Project, **more: Any) -> ItemReport:
    """Load an item file, as load_package does."""
    with open_package(path) as package:
        return load_package(package=package, project=project, **more)


def load_package(
    *,
    package: Package,
    project: Project,
    by: User | None = None,
    dry_run: bool = False,
    pool: bool = False,
    layout: Layout = sixpoint,
    progress: Progress = silent,
) -> ItemReport:
    """Load a file of items. With `pool` its responses get no slots: samples are drawn from them.

    Raises Rejected with every fault, and Refused where the file cannot be read at all.
    """
    with TemporaryFile() as file:
        reading = ItemReading(rubrics_by_category(project), ImageStore(package), layout, file)
        read_file(reading, progress)
        with take_turns(progress):
            sweep()
            return anew_if_overtaken(lambda: load_read(reading, project, by, dry_run, pool, progress))


def rubrics_by_category(project: Project) -> dict[str, Rubric]:
    """The newest version of each category's rubric."""
    chosen = project.project_rubrics.select_related("rubric").prefetch_related("rubric__criteria")
    return {choice.category: choice.rubric for choice in chosen.order_by("rubric__version")}


def load_read(
    reading: ItemReading, project: Project, by: User | None, dry_run: bool, pool: bool, progress: Progress
) -> ItemReport:
    """Load what was read. Raises Rejected, Overtaken."""
    with staging(STAGED) as staged:
        since = newest_event(project)
        project.refresh_from_db(fields=["overlap", "larger_share", "larger_overlap", "seed"])  # as of that event
        load = ItemLoad(project, reading, staged)
        stage_content(load, pool, progress)
        if not dry_run:
            try:
                load.images.write(progress)
                progress(STORING, 0, reading.sound)
                store(load, by, since, progress)
            except DatabaseError:
                raise  # whether it was committed is not known: the next load sees which files have a row
            except BaseException:
                load.images.undo()
                raise
            load.images.done()
    return load.report


def stage_content(load: ItemLoad, pool: bool, progress: Progress) -> None:
    """Everything that was read, and then the slots, whose order depends on all of it; none for a pool. Raises Rejected."""
    done, reading = 0, load.reading
    load.images.new.clear()
    load.report.rejected += reading.rejected
    for records in batched(reading.sound_records(), BATCH, position=reading.file.tell):
        stage_batch(load, records)
        done += len(records)
        progress(COMPARING, done, reading.sound)
    if load.report.rejected:
        rejected = sorted(load.report.rejected, key=lambda rejection: rejection.record)
        raise Rejected(load.images.package.name, rejected, advice=reading.advice)
    tasks = [] if pool else load.tasks
    for slots in initial_slots(project=load.project, tasks=tasks, progress=progress):
        load.staging.add(Assignment, slots)
    if load.new_queries:
        progress(SEARCHING, 0, len(load.new_queries))
        queries, images = load.staging.all(Query), load.staging.all(Image)
        found = search.find(project=load.project, new=load.new_queries, queries=queries, images=images)
        for pairs in batched(found, BATCH):
            load.staging.add(PossibleDuplicate, pairs)
            load.report.possible_duplicates += len(pairs)


def store(load: ItemLoad, by: User | None, since: int, progress: Progress) -> None:
    with transaction.atomic():
        refuse_overtaken(load.project, since)
        for model in STAGED:
            # slots are in order from 1; meanwhile a dispute may have added some to the project's
            add = {"position": last_position(load.project)} if model is Assignment else {}
            load.staging.store(model, add=add)
            if len(load.tasks) >= MANY or (load.tasks and model is Assignment):
                analyze(model)  # for the triggers of the next table, and for the claims that come now
        if any(getattr(load.report, added) for added in ("queries", "responses", "references")):
            data = {"file": load.images.package.name, **load.report.counts}
            Event.objects.create(project=load.project, verb=Event.Verb.ITEMS_LOADED, by=by, data=data)
        progress(STORING, load.reading.sound, load.reading.sound)
        progress(ENDING, 1, 1)
