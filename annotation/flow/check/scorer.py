"""The scorer report: the scores of a file, or those that are kept, compared with people's labels."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from annotation.errors import Refused, storable
from annotation.flow.check.file import read_scorer_file
from annotation.flow.check.report.compose import report
from annotation.flow.check.scale import Scale
from annotation.flow.check.scores import read_scores, scores_of_file
from annotation.flow.check.store import check_scorer_name, keep
from annotation.flow.check.truth import NoLabels, read_truth, standing_release
from annotation.flow.judgements import AT_ONCE, ProjectCache
from annotation.flow.progress import Progress, silent
from annotation.models import Project, Release, Scorer, User


def check_scorer(
    *,
    path: Path,
    project: Project,
    scorer: str = "",
    split: str = "check",
    release: Release | None = None,
    scale: Scale | None = None,
    trained_on: int | None = None,
    by: User | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> dict[str, Any]:
    """The report of the contract about the scores of a file; with a `scorer`, they are kept as runs of the scorer of that name.
    Raises Refused, and Rejected with every fault of the file; then nothing is stored."""
    truth = read_truth(project, split=split, release=release)
    of_training = None if trained_on is None else standing_release(project, trained_on)
    if scorer:
        check_scorer_name(scorer)
    elif of_training:
        raise Refused(_("trained on: expected with the name of a scorer (--scorer), as it is kept with it"))
    try:
        with path.open("rb") as opened:
            file = read_scorer_file(file=opened, name=storable(path.name), project=project, scale=scale, progress=progress)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error
    runs: list[int] = []
    if scorer:
        kept = keep(file=file, project=project, scorer=scorer, scale=scale, trained_on=of_training, by=by, progress=progress)
        runs = [run.number for run in kept.runs]
    about = {"project": project.slug, "scorer": scorer.strip() or path.stem, "runs": runs}
    return about | report(
        scores_of_file(file, project),
        truth,
        project,
        unknown=len(file.unknown),
        from_mmie=file.from_mmie,
        trained_on=kept.scorer.trained_on if scorer else None,
        seed=seed,
    )


def scorer_report(scorer: Scorer, *, split: str = "check", release: Release | None = None, seed: int = 0) -> dict[str, Any]:
    """The same of all runs of a scorer that is kept. Raises NoLabels."""
    return scorer_report_at(scorer, split=split, release=release, seed=seed)[0]


def scorer_report_at(
    scorer: Scorer, *, split: str = "check", release: Release | None = None, seed: int = 0, behind: timedelta = AT_ONCE
) -> tuple[dict[str, Any], datetime]:
    """The report and the time that it is of; `behind` as in ProjectCache. Every load of scores, and every release, is an event
    of the project, so that its state covers them."""

    def make() -> dict[str, Any]:
        truth = read_truth(scorer.project, split=split, release=release)
        runs = list(scorer.runs.order_by("number"))
        about = {"project": scorer.project.slug, "scorer": scorer.name, "runs": [run.number for run in runs]}
        return about | report(
            read_scores(scorer, runs=runs),
            truth,
            scorer.project,
            unknown=max((run.counts["extra"] for run in runs), default=0),
            from_mmie=any(run.from_mmie for run in runs),
            trained_on=scorer.trained_on,
            seed=seed,
        )

    key = ("scorer_report", scorer.pk, scorer.trained_on_id, split, release.pk if release else None, seed)
    return ProjectCache(scorer.project).get(key, make, behind=behind)


def report_if_labels(scorer: Scorer, *, split: str = "check", release: Release | None = None) -> dict[str, Any] | None:
    """None where there are no labels yet. Raises Refused for another split than there are."""
    try:
        return scorer_report(scorer, split=split, release=release)
    except NoLabels:
        return None
