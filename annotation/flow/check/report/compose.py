"""The scorer report as plain data: every figure with its interval, the baselines and people beside them, and the verdict."""

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from annotation.agreement import DEFAULT_RESAMPLES, Resamples, baselines
from annotation.agreement.scorer import consistency, feature_floor, measures, paired, pearson_of_groups
from annotation.exporters.training.mmie import loss_of
from annotation.flow.batches import batched
from annotation.flow.check.file import as_blocks
from annotation.flow.check.report.density import plots
from annotation.flow.check.report.people import people
from annotation.flow.check.report.scored import Array, Scored, criterion_labels, scored_of
from annotation.flow.check.report.subgroups import subgroups
from annotation.flow.check.report.verdict import verdict
from annotation.flow.check.scores import CLIPPED, MISSING, UNREADABLE, ScorerScores
from annotation.flow.check.truth import Truth, read_unresolved
from annotation.flow.judgements import ProjectCache
from annotation.models import Project, Release, Task

GROUPS = ("category", "system")
BATCH = 500

Figures = dict[str, dict[str, Any]]


def report(
    scores: ScorerScores,
    truth: Truth,
    project: Project,
    *,
    unknown: int,
    from_mmie: bool,
    trained_on: Release | None = None,
    seed: int = 0,
    resamples: Resamples | None = DEFAULT_RESAMPLES,
) -> dict[str, Any]:
    """A response that several runs score counts with the mean of its scores. `unknown` responses are not of the project."""
    cache, of_labels = ProjectCache(project), scores.of(truth.tasks)
    scored = scored_of(of_labels, truth)
    floor = feature_floor(np.column_stack(list(scored.numbers.values())), scored.labels, scored.queries, seed=seed)
    overall = plain(measures(scored.scores, scored.labels, scored.queries, resamples=resamples))
    figures = {
        "split": truth.split,
        "release": truth.release.version if truth.release else None,
        "trained_on": trained_on.version if trained_on else None,
        "labels": len(truth.tasks),
        **counts(of_labels, from_mmie),
        "extra": int((~np.isin(scores.tasks, truth.tasks)).sum()) + unknown,
        "queries": len(np.unique(scored.queries)),
        "overall": overall,
        "overall_worst": at_the_worst(of_labels, truth, resamples) or overall,
        "baselines": {
            name: plain(measures(values, scored.labels, scored.queries, resamples=resamples))
            for name, values in baselines(scored.labels, seed=seed).items()
        },
        "floor": of_floor(floor, scored, resamples),
        "above_floor": plain(paired(scored.scores, floor, scored.labels, scored.queries, resamples=resamples, ranks=False)),
        "pearson_by": pearson_by(scored, resamples),
        "groups": [row for name in GROUPS for row in by_column(scored, name)],
        "criteria": criteria(of_labels, truth, project),
        "unresolved": with_unresolved(scores, truth, scored, read_unresolved(project, truth, cache), resamples),
        "held_out": held_out(scored, truth.release, trained_on),
        "consistency": of_runs(scored),
        "people": people(scored, project, cache, resamples),
        "subgroups": subgroups(scored),
        "plots": plots(scored),
    }
    return figures | {"verdict": verdict(figures)}


def at_the_worst(scores: ScorerScores, truth: Truth, resamples: Resamples | None) -> Figures | None:
    """With the farthest score from each label that has none; None where each has one."""
    without = np.isnan(scores.mean)
    if not without.any():
        return None
    values = scores.mean.copy()
    values[without] = truth.farthest()[without]
    return plain(measures(values, truth.overall, truth.queries, resamples=resamples))


def of_floor(floor: Array, scored: Scored, resamples: Resamples | None) -> Figures:
    """Its rank coefficient has no interval: of predictions that all differ it would take as long as all others together."""
    figures = measures(floor, scored.labels, scored.queries, resamples=resamples, ranks=False)
    return plain(figures | {"spearman": measures(floor, scored.labels)["spearman"]})


def plain(figures: Any) -> Figures:
    return {name: figure.plain(interval=True) for name, figure in figures.items()}


def counts(scores: ScorerScores, from_mmie: bool) -> dict[str, int]:
    """What became of the labelled responses: each is scored, unreadable or missing. Of those that are scored some are clipped;
    of several numbers after "### Score" the first counts, of any of them; MMIE's script has cut what it showed, or dropped what
    is missing."""
    state = scores.state
    return {
        "scored": int((~np.isnan(scores.mean)).sum()),
        "unreadable": int((state == UNREADABLE).sum()),
        "missing": int((state == MISSING).sum()),
        "clipped": int((state == CLIPPED).sum()),
        "several_numbers": int(scores.several_numbers.any(axis=0).sum()),
        "cut": int(scores.cut.any(axis=0).sum()),
        "dropped": dropped_by_mmie(scores.tasks[state == MISSING].tolist()) if from_mmie else 0,
    }


def dropped_by_mmie(tasks: Collection[int]) -> int:
    """How many of the tasks MMIE's script reads no record of."""
    rows = (
        row
        for part in batched(tasks, BATCH)
        for row in Task.objects.filter(pk__in=part).order_by().values_list("response__query__blocks", "response__blocks")
    )
    return sum(loss_of(as_blocks(question), as_blocks(response)) == "dropped" for question, response in rows)


def pearson_by(scored: Scored, resamples: Resamples | None) -> dict[str, Figures]:
    """Per column the correlation within its values and between them: pooled over systems, scores that only tell systems apart
    correlate too."""
    return {
        name: plain(
            pearson_of_groups(
                scored.scores,
                scored.labels,
                np.unique(scored.about[name], return_inverse=True)[1],
                scored.queries,
                resamples=resamples,
            )
        )
        for name in GROUPS
    }


def by_column(scored: Scored, name: str) -> Iterator[dict[str, Any]]:
    for value in sorted(set(scored.about[name].tolist())):
        chosen = scored.about[name] == value
        yield {"by": {name: value}, "scored": int(chosen.sum()), "overall": of_part(scored, chosen)}


def of_part(scored: Scored, chosen: Array) -> Figures:
    """With the jackknife's intervals, which are those of a report with hundreds, and without ranks."""
    of_chosen = (scored.scores[chosen], scored.labels[chosen], scored.queries[chosen])
    return plain(measures(*of_chosen, resamples=None, ranks=False))


def criteria(scores: ScorerScores, truth: Truth, project: Project) -> list[dict[str, Any]]:
    """A row per criterion that the scorer scores: its scores against the labels of that criterion."""
    if not scores.criteria:
        return []
    rows = []
    for (rubric, key), labels in criterion_labels(truth, project).items():
        if key not in scores.criteria:
            continue
        values = scores.mean_of(key)
        both = ~np.isnan(values) & ~np.isnan(labels)
        figures = measures(values[both], labels[both], truth.queries[both], resamples=None, ranks=False)
        rows.append({"rubric": rubric, "criterion": key, "scored": int(both.sum()), "overall": plain(figures)})
    return rows


def with_unresolved(
    scores: ScorerScores, truth: Truth, scored: Scored, unresolved: Truth | None, resamples: Resamples | None
) -> dict[str, Any] | None:
    """The same measures with the responses that await adjudication among the others; None where there is none with a score."""
    mean = np.empty(0) if unresolved is None else scores.of(unresolved.tasks).mean
    has_score = ~np.isnan(mean)
    if unresolved is None or not has_score.any():
        return None
    queries = np.concatenate([scored.about["query"], unresolved.about["query"][has_score]])
    figures = measures(
        np.concatenate([scored.scores, mean[has_score]]),
        np.concatenate([scored.labels, unresolved.overall[has_score]]),
        np.unique(queries, return_inverse=True)[1],
        resamples=resamples,
    )
    return {"responses": int(has_score.sum()), "overall": plain(figures)}


def held_out(scored: Scored, *releases: Release | None) -> dict[str, Any] | None:
    """The systems that were kept out of training beside those in it; None where none was, or not both are among the labels."""
    names = sorted({name for release in releases if release for name in release.manifest.get("options", {}).get("hold_out", [])})
    outside = np.isin(scored.about["system"], names)
    if not outside.any() or outside.all():
        return None
    return {
        "systems": names,
        "held_out": {"scored": int(outside.sum()), "overall": of_part(scored, outside)},
        "in_training": {"scored": int((~outside).sum()), "overall": of_part(scored, ~outside)},
    }


def of_runs(scored: Scored) -> Figures | None:
    """How the runs agree with each other; None of one run alone."""
    if scored.runs.shape[1] < 2:
        return None
    return plain(vars(consistency(scored.runs, scored.queries)))
