"""Keeps the scores of a file as runs of a scorer. A file that is kept already changes nothing."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import Refused, ValidationError, storable
from annotation.fields import text_fault
from annotation.flow.batches import batched
from annotation.flow.check.file import Points, ScorerFile, read_scorer_file
from annotation.flow.check.scale import Scale
from annotation.flow.check.scores import CLIPPED, MISSING, UNREADABLE, scores_of_file
from annotation.flow.check.truth import standing_release
from annotation.flow.progress import ENDING, STORING, Progress, silent
from annotation.limits import LONGEST_NAME
from annotation.models import Event, Project, Release, Scorer, ScorerRun, ScorerScore, Task, User

BATCH = 2_000


@dataclass(frozen=True)
class Kept:
    """The runs of the file; `is_new` is False where they were kept before."""

    scorer: Scorer
    runs: list[ScorerRun]
    is_new: bool

    def as_dict(self) -> dict[str, Any]:
        runs = [{"number": run.number, "run": run.label, "new": self.is_new, "counts": run.counts} for run in self.runs]
        return {"scorer": {"id": self.scorer.pk, "name": self.scorer.name}, "runs": runs}


def keep_scorer_file(
    *,
    file: BinaryIO,
    name: str,
    project: Project,
    scorer: str,
    scale: Scale | None = None,
    trained_on: int | None = None,
    by: User | None = None,
    progress: Progress = silent,
) -> Kept:
    """Read a file and keep it as the next runs of the scorer of that name, which is made where there is none.

    `trained_on` is the number of the release on whose train split the scorer was trained. Raises Rejected with every fault of
    the file, and Refused.
    """
    check_scorer_name(scorer)
    release = None if trained_on is None else standing_release(project, trained_on)
    read = read_scorer_file(file=file, name=storable(name), project=project, scale=scale, progress=progress)
    return keep(file=read, project=project, scorer=scorer, scale=scale, trained_on=release, by=by, progress=progress)


def check_scorer_name(name: Any) -> None:
    """Raises ValidationError."""
    if fault := text_fault(name, LONGEST_NAME, required=True):
        raise ValidationError({"name": fault})


@transaction.atomic
def keep(
    *,
    file: ScorerFile,
    project: Project,
    scorer: str,
    scale: Scale | None,
    trained_on: Release | None = None,
    by: User | None = None,
    progress: Progress = silent,
) -> Kept:
    """Raises Refused where the scorer is withdrawn, the file names no response of the project, or was kept on another scale."""
    if not file.points:
        told = {"file": file.name, "project": project.slug}
        raise Refused(_("%(file)s: none of its records names a response of %(project)s") % told)
    progress(STORING, 0, len(file.points))
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # two files of one scorer take turns
    of_name = scorer_of_name(project, scorer.strip(), trained_on, by)
    earlier = list(of_name.runs.order_by("number"))
    of_this_file = [run for run in earlier if run.sha256 == file.sha256]
    if of_this_file:
        refuse_another_scale_than(of_this_file[0], scale, file.name)
        return Kept(of_name, of_this_file, is_new=False)
    first = earlier[-1].number + 1 if earlier else 1
    runs = store_runs(of_name, file, first, scale, project, by)
    store_scores(file.points, dict(zip(file.runs, runs, strict=True)))
    data = {"scorer": of_name.name, "file": file.name, "runs": [run.number for run in runs]}
    Event.objects.create(project=project, verb=Event.Verb.SCORER_LOADED, by=by, data=data)
    progress(STORING, len(file.points), len(file.points))
    progress(ENDING, 1, 1)
    return Kept(of_name, runs, is_new=True)


def scorer_of_name(project: Project, name: str, trained_on: Release | None, by: User | None) -> Scorer:
    scorer = Scorer.objects.select_related("trained_on", "project").filter(project=project, name=name).first()
    if scorer is None:
        return Scorer.objects.create(project=project, name=name, trained_on=trained_on, made_by=by, made_at=timezone.now())
    if scorer.is_withdrawn:
        raise Refused(_("%(scorer)s is withdrawn: give these scores another name") % {"scorer": name})
    if trained_on is not None and scorer.trained_on is None:
        scorer.trained_on = trained_on
        Scorer.objects.filter(pk=scorer.pk).update(trained_on=trained_on)
    elif trained_on is not None and scorer.trained_on != trained_on:
        told = {"scorer": name, "number": scorer.trained_on and scorer.trained_on.version}
        raise Refused(_("%(scorer)s was trained on release %(number)s, as was said before: give it another name") % told)
    return scorer


def refuse_another_scale_than(run: ScorerRun, scale: Scale | None, name: str) -> None:
    low, high = (scale.low, scale.high) if scale else (None, None)
    if (run.scale_low, run.scale_high) != (low, high):
        told = {"file": name, "number": run.number}
        raise Refused(_("%(file)s is kept as run %(number)s already, on another scale: withdraw the scorer first") % told)


def store_runs(
    scorer: Scorer, file: ScorerFile, first: int, scale: Scale | None, project: Project, by: User | None
) -> list[ScorerRun]:
    """Numbered on from `first`, one for each run of the file."""
    counts, now = counts_of(file, project), timezone.now()
    rows = [
        ScorerRun(
            scorer=scorer,
            number=number,
            label=label,
            file_name=file.name[-255:],
            sha256=file.sha256,
            from_mmie=file.from_mmie,
            scale_low=scale.low if scale else None,
            scale_high=scale.high if scale else None,
            counts=counts[label],
            made_by=by,
            made_at=now,
        )
        for number, label in enumerate(file.runs, first)
    ]
    return ScorerRun.objects.bulk_create(rows)


def store_scores(points: list[Points], runs: dict[str, ScorerRun]) -> None:
    for batch in batched(points, BATCH):
        ScorerScore.objects.bulk_create(
            ScorerScore(
                run=runs[one.run],
                task_id=one.task,
                criterion=one.criterion,
                raw=one.raw,
                value=one.value,
                state=one.state,
                several_numbers=one.several_numbers,
                cut=one.cut,
            )
            for one in batch
        )


def counts_of(file: ScorerFile, project: Project) -> dict[str, dict[str, Any]]:
    """What each run holds, of all responses of the project: as the report counts them of the labels. `extra` are the responses
    that the file names, in whatever run, and the project does not have."""
    scores = scores_of_file(file, project).of(list(Task.objects.study(project).order_by("pk").values_list("pk", flat=True)))
    reasons: dict[str, Counter[str]] = {run: Counter() for run in file.runs}
    for one in file.points:
        reasons[one.run].update([one.unreadable] if one.unreadable else [])
    counts = {}
    for place, run in enumerate(file.runs):
        state, has_score = scores.states[place], ~np.isnan(scores.overall[place])
        missing = scores.tasks[state == MISSING]
        counts[run] = {
            "responses": len(scores.tasks),
            "scored": int(has_score.sum()),
            "unreadable": int((state == UNREADABLE).sum()),
            "unreadable_because": reasons[run],
            "missing": len(missing),
            "extra": len(file.unknown),
            "clipped": int((state == CLIPPED).sum()),
            "several_numbers": int(scores.several_numbers[place].sum()),
            "cut": int(scores.cut[place].sum()),
            "dropped": len(file.dropped.intersection(missing.tolist())),
        }
    return counts
