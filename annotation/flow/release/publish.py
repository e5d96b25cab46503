"""Releases the labels: rows that are kept, and files whose bytes depend on nothing but the project's state."""

import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
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
from annotation.flow.judgements.matrix import of_tasks
from annotation.flow.labels.rule import TaskLabel, label_counts, labels
from annotation.flow.release.records import RecordBuilder, rubric_text
from annotation.models import CriterionLabel, Event, Label, Project, Release, Task, User
from rubrics.models import Rubric

HELD_OUT = "system_held_out"
DROPPED = "query_dropped"
BATCH = 2_000
DIGITS = 10  # after the point, of figures: those further down depend on the processor, and on how many of its cores add up


def release(
    *, project: Project, out: Path, check_size: int = 200, seed: int = 0, hold_out: Sequence[str] = (), by: User | None = None
) -> Release:
    """Freeze the labels and write them into `out`, which must be empty or not there. Raises Refused; then nothing is left.

    Reads all judgements of the project and holds all labels in memory.
    """
    refuse_settings(out, check_size, seed)
    found = labels(project)
    if unknown := sorted(set(hold_out) - {label.task.system for label in found}):
        raise Refused(_("hold-out-system: no response is by %(systems)s") % {"systems": ", ".join(unknown)})
    if not any(label.overall is not None for label in found):
        raise Refused(_("%(project)s has no labels to release yet") % {"project": project.slug})
    splits = split_of(project, found, check_size, seed, set(hold_out))
    content = release_content(project, found, splits, {"seed": seed, "check_size": check_size, "hold_out": sorted(set(hold_out))})
    return publish(project, out, content, found, splits, by)


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


def split_of(project: Project, found: list[TaskLabel], check_size: int, seed: int, hold_out: set[str]) -> dict[int, str]:
    """Per task with a label that is released: train or check."""
    labelled = [label for label in found if label.overall is not None]
    maker = RecordBuilder(project, labelled)
    images: defaultdict[str, set[str]] = defaultdict(set)
    for label in labelled:
        images[label.task.query] |= maker.image_names(label.task)
    check = choose_check_queries(
        sizes=Counter(label.task.query for label in labelled),
        images={query: sorted(names) for query, names in images.items()},
        check_size=check_size,
        seed=seed,
    )
    return {
        label.task.id: "check" if label.task.query in check else "train"
        for label in labelled
        if label.task.query in check or label.task.system not in hold_out
    }


def release_content(project: Project, found: list[TaskLabel], splits: dict[int, str], settings: dict[str, Any]) -> Content:
    maker = RecordBuilder(project, found)
    rubrics = report.sorted_rubrics({rubric.pk: rubric for rubric in Rubric.objects.with_content().filter(projects=project)})
    kept = tuple(maker.label(label, splits[label.task.id]) for label in found if label.task.id in splits)
    ratings = tuple(row for label in found for row in maker.ratings(label.task, splits.get(label.task.id, "")))
    split = Counter(label.split for label in kept)
    about = {
        "project": project.slug,
        "title": project.title,
        "rubrics": [{"slug": rubric.slug, "version": rubric.version, "hash": rubric.content_hash} for rubric in rubrics],
        **settings,
        "split": {"train": split["train"], "check": split["check"]},
        "counts": {**label_counts(found), "released": len(kept), "ratings": len(ratings)},
        "agreement": steady(report.groups(of_tasks(label.task for label in found), [], Resamples(settings["seed"]))),
        "left_out": left_out(project, found, splits),
    }
    return Content(
        project=project.slug,
        title=project.title,
        labels=kept,
        ratings=ratings,
        rubrics={rubric.name: rubric_text(rubric) for rubric in rubrics},
        manifest_head=about,
        read_image=read_image,
    )


def steady(said: Any) -> Any:
    """The same on every machine: its numbers to as many digits as are."""
    if isinstance(said, dict):
        return {key: steady(value) for key, value in said.items()}
    if isinstance(said, list):
        return [steady(value) for value in said]
    return round(said, DIGITS) + 0.0 if isinstance(said, float) else said  # never -0.0


def left_out(project: Project, found: list[TaskLabel], splits: dict[int, str]) -> list[dict[str, Any]]:
    """Each response that is not released, with the reason; those of dropped queries too, which are not among those found."""
    rows = [(*label.task.key, label.left_out or HELD_OUT) for label in found if label.task.id not in splits]
    columns = ("response__query__external_id", "response__system", "response__sample", "rubric__slug", "rubric__version")
    dropped = Task.objects.dropped(project).values_list(*columns)
    rows += [(query, system, sample, f"{slug}@{version}", DROPPED) for query, system, sample, slug, version in dropped]
    return [dict(zip(("id", "system", "sample", "rubric", "reason"), row, strict=True)) for row in sorted(rows)]


def read_image(name: str) -> bytes:
    try:
        with default_storage.open(original_file(name)) as file:
            return bytes(file.read())
    except OSError as error:
        raise Refused(_("image %(name)s: its original cannot be read: %(problem)s") % {"name": name, "problem": error}) from error


def publish(
    project: Project, out: Path, content: Content, found: list[TaskLabel], splits: dict[int, str], by: User | None
) -> Release:
    """Write beside `out` first, so that a half-written folder never bears its name."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise Refused(f"out: {out}: {error.strerror}") from error
    try:
        manifest = write(content, draft)
        draft.chmod(0o755)
        with transaction.atomic():
            made = store(project, manifest, found, splits, by)
            draft.replace(out)
    except OSError as error:
        raise Refused(f"out: {out}: {error.strerror}") from error
    except Exception:
        if not draft.exists():  # it bears its name, but its rows could not be committed
            out.replace(draft)
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def store(project: Project, manifest: dict[str, Any], found: list[TaskLabel], splits: dict[int, str], by: User | None) -> Release:
    Project.objects.select_for_update().get(pk=project.pk)  # releases of one project take turns
    newest = Release.objects.filter(project=project).order_by("-version").first()
    made = Release.objects.create(
        project=project,
        version=newest.version + 1 if newest else 1,
        seed=manifest["seed"],
        manifest=manifest,
        made_by=by,
        made_at=timezone.now(),
    )
    kept = [label for label in found if label.task.id in splits]
    rows = Label.objects.bulk_create([label_row(made, label, splits[label.task.id]) for label in kept], BATCH)
    CriterionLabel.objects.bulk_create(
        [
            CriterionLabel(
                label=row,
                criterion=criterion,
                value=None if (value := label.criteria[criterion.key]).value is None else float(value.value),
                given=value.given,
                how=value.how,
            )
            for row, label in zip(rows, kept, strict=True)
            for criterion in label.task.rubric.criteria.all()
        ],
        BATCH,
    )
    Event.objects.create(
        project=project, verb=Event.Verb.RELEASED, by=by, data={"version": made.version, "counts": manifest["counts"]}
    )
    return made


def label_row(made: Release, label: TaskLabel, split: str) -> Label:
    assert label.overall is not None
    return Label(release=made, task_id=label.task.id, split=split, how=label.how, overall=float(label.overall), score=label.score)
