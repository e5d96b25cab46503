"""Releases the labels: rows in the database, and files whose bytes depend on nothing but the project's state."""

import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.agreement import Resamples
from annotation.errors import Refused
from annotation.exporters import Content, choose_check_queries, write
from annotation.flow.agree import report
from annotation.flow.images.renditions import original_file
from annotation.flow.judgements import Purpose, RatingMatrix, read_judgements
from annotation.flow.labels import OVERALL, FairValue, TaskLabel, fair_tables, label_counts, labels_of, outcomes_from
from annotation.flow.release.feedback import read_feedback
from annotation.flow.release.records import RecordBuilder, rubric_text
from annotation.models import CriterionLabel, Event, Label, Project, Release, Task, User
from rubrics.models import Rubric

HELD_OUT = "system_held_out"
DROPPED = "query_dropped"
RULE = ("pair_gap", "group_range", "penalties", "applicability", "holistic", "cut_off", "labels_from")  # what makes labels
BATCH = 2_000
DIGITS = 10  # after the point, of figures: those further down depend on the processor, and on how many of its cores add up


@dataclass(frozen=True)
class Draft:
    """All that a release is made from: every task of the study, with its label or the reason why there is none.

    `matrices` hold the first judgements, which agreement and ratings.csv are of.
    """

    project: Project
    matrices: list[RatingMatrix]
    labels: list[TaskLabel]
    counts: dict[str, int]
    records: RecordBuilder
    check_size: int
    seed: int
    hold_out: list[str]

    @cached_property
    def splits(self) -> dict[int, str]:
        """Per task with a label that is released: train or check."""
        labelled = [label for label in self.labels if label.overall is not None]
        images: defaultdict[str, set[str]] = defaultdict(set)
        for label in labelled:
            images[label.task.query] |= self.records.image_names(label.task)
        check = choose_check_queries(
            sizes=Counter(label.task.query for label in labelled),
            images={query: sorted(names) for query, names in images.items()},
            check_size=self.check_size,
            seed=self.seed,
        )
        return {
            label.task.id: "check" if label.task.query in check else "train"
            for label in labelled
            if label.task.query in check or label.task.system not in self.hold_out
        }

    @property
    def released(self) -> list[TaskLabel]:
        return [label for label in self.labels if label.task.id in self.splits]


def release(
    *, project: Project, out: Path, check_size: int = 200, seed: int = 0, hold_out: Sequence[str] = (), by: User | None = None
) -> Release:
    """Freeze the labels and write them into `out`, which must be empty or not there. Raises Refused; then nothing is left.

    Reads all judgements of the project and holds all labels in memory.
    """
    refuse_settings(out, check_size, seed)
    draft = read_draft(project, check_size, seed, sorted(set(hold_out)))
    if unknown := sorted(set(draft.hold_out) - {label.task.system for label in draft.labels}):
        raise Refused(_("hold-out-system: no response is by %(systems)s") % {"systems": ", ".join(unknown)})
    if not any(label.overall is not None for label in draft.labels):
        raise Refused(_("%(project)s has no labels to release yet") % {"project": project.slug})
    return publish(draft, release_content(draft), out, by)


def refuse_settings(out: Path, check_size: int, seed: int) -> None:
    try:
        taken = out.exists() and (not out.is_dir() or any(out.iterdir()))
    except OSError as error:
        raise Refused(f"out: {out}: {error.strerror}") from error
    if taken:
        raise Refused(_("out: %(folder)s is there already: expected a folder that is empty or not there") % {"folder": out})
    if not 0 <= check_size <= 1_000_000:
        raise Refused(_("check-size: expected 0 to 1,000,000, not %(size)s") % {"size": check_size})
    if not -(2**63) <= seed < 2**63:
        raise Refused(_("seed: expected a whole number of at most 64 bits, not %(seed)s") % {"seed": seed})


def read_draft(project: Project, check_size: int, seed: int, hold_out: list[str]) -> Draft:
    judgements = read_judgements(project)
    outcomes = outcomes_from(judgements, project)
    labels = labels_of(outcomes)
    tables = fair_tables(part.matrix for part in outcomes)
    fair = {task: table.of(task) for table in tables for task in table.tasks.tolist()}
    return Draft(
        project=project,
        matrices=judgements.matrices(Purpose.AGREEMENT),
        labels=labels,
        counts=label_counts(outcomes),
        records=RecordBuilder(project, {label.task.id for label in labels}, read_feedback(project), fair),
        check_size=check_size,
        seed=seed,
        hold_out=hold_out,
    )


def release_content(draft: Draft) -> Content:
    project, splits, records = draft.project, draft.splits, draft.records
    rubrics = sorted(Rubric.objects.with_content().filter(projects=project), key=lambda rubric: (rubric.slug, rubric.version))
    labels = tuple(records.label(label, splits[label.task.id]) for label in draft.released)
    first = sorted((task for matrix in draft.matrices for task in matrix.columns), key=lambda task: task.key)
    ratings = tuple(row for task in first for row in records.ratings(task, splits.get(task.id, "")))
    split = Counter(label.split for label in labels)
    about = {
        "project": project.slug,
        "title": project.title,
        "rubrics": [{"slug": rubric.slug, "version": rubric.version, "hash": rubric.content_hash} for rubric in rubrics],
        "seed": draft.seed,
        "check_size": draft.check_size,
        "hold_out": draft.hold_out,
        "split": {"train": split["train"], "check": split["check"]},
        "rule": {"label": "mean"} | {name: value for name, value in project.rules.as_values().items() if name in RULE},
        "counts": {
            **draft.counts,
            "released": len(labels),
            "revised": sum(label.revised for label in labels),
            "ratings": len(ratings),
        },
        "agreement": steady(report.groups(draft.matrices, [], Resamples(draft.seed))),
        "left_out": left_out(draft),
    }
    return Content(
        project=project.slug,
        title=project.title,
        labels=labels,
        ratings=ratings,
        rubrics={rubric.name: rubric_text(rubric) for rubric in rubrics},
        manifest_head=about,
        read_image=read_image,
    )


def steady(figures: Any) -> Any:
    """The same on every machine: numbers rounded to as many digits as are."""
    if isinstance(figures, dict):
        return {key: steady(value) for key, value in figures.items()}
    if isinstance(figures, list):
        return [steady(value) for value in figures]
    return round(figures, DIGITS) + 0.0 if isinstance(figures, float) else figures  # never -0.0


def left_out(draft: Draft) -> list[dict[str, Any]]:
    """Each response that is not released, with the reason; those of dropped queries too, which the draft does not hold."""
    rows = [(*label.task.key, label.left_out or HELD_OUT) for label in draft.labels if label.task.id not in draft.splits]
    columns = ("response__query__external_id", "response__system", "response__sample", "rubric__slug", "rubric__version")
    dropped = Task.objects.dropped(draft.project).values_list(*columns)
    rows += [(query, system, sample, f"{slug}@{version}", DROPPED) for query, system, sample, slug, version in dropped]
    return [dict(zip(("id", "system", "sample", "rubric", "reason"), row, strict=True)) for row in sorted(rows)]


def read_image(name: str) -> bytes:
    try:
        with default_storage.open(original_file(name)) as file:
            return bytes(file.read())
    except OSError as error:
        raise Refused(_("image %(name)s: its original cannot be read: %(problem)s") % {"name": name, "problem": error}) from error


def publish(draft: Draft, content: Content, out: Path, by: User | None) -> Release:
    """Write beside `out` first, so that a half-written folder never bears its name."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise Refused(f"out: {out}: {error.strerror}") from error
    try:
        manifest = write(content, folder)
        folder.chmod(0o755)
        with transaction.atomic():
            released = store(draft, manifest, by)
            folder.replace(out)
    except OSError as error:
        raise Refused(f"out: {out}: {error.strerror}") from error
    except Exception:
        if not folder.exists():  # it bears its name, but its rows could not be committed
            out.replace(folder)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return released


def store(draft: Draft, manifest: dict[str, Any], by: User | None) -> Release:
    project = draft.project
    Project.objects.select_for_update().get(pk=project.pk)  # releases of one project take turns
    newest = Release.objects.filter(project=project).order_by("-version").first()
    released = Release.objects.create(
        project=project,
        version=newest.version + 1 if newest else 1,
        seed=manifest["seed"],
        manifest=manifest,
        made_by=by,
        made_at=timezone.now(),
    )
    rows = Label.objects.bulk_create([label_row(released, label, draft) for label in draft.released], BATCH)
    CriterionLabel.objects.bulk_create(
        [
            row
            for stored, label in zip(rows, draft.released, strict=True)
            for row in criterion_rows(stored, label, draft.records.fair[label.task.id])
        ],
        BATCH,
    )
    Event.objects.create(
        project=project, verb=Event.Verb.RELEASED, by=by, data={"version": released.version, "counts": manifest["counts"]}
    )
    return released


def label_row(released: Release, label: TaskLabel, draft: Draft) -> Label:
    assert label.overall is not None
    fair = draft.records.fair[label.task.id][OVERALL]
    return Label(
        release=released,
        task_id=label.task.id,
        split=draft.splits[label.task.id],
        how=label.how,
        overall=float(label.overall),
        score=label.score,
        fair=fair.value,
        fair_se=fair.se,
    )


def criterion_rows(stored: Label, label: TaskLabel, fair: Mapping[str, FairValue]) -> list[CriterionLabel]:
    values = [(criterion, label.criteria[criterion.key]) for criterion in label.task.rubric.criteria.all()]
    return [
        CriterionLabel(
            label=stored,
            criterion=criterion,
            value=None if value.value is None else float(value.value),
            given=value.applies,
            how=value.how,
            fair=fair[criterion.key].value if criterion.is_rated else None,
            fair_se=fair[criterion.key].se if criterion.is_rated else None,
        )
        for criterion, value in values
    ]
