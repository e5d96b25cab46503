"""How many tasks have a label, from the first judgements as arrays: for pages that only count."""

from collections import defaultdict
from typing import Any

import numpy as np

from annotation.agreement.ratings import widths
from annotation.flow.judgements.matrix import RatingMatrix, rating_matrices
from annotation.flow.labels.rule import LEFT_OUT
from annotation.models import Adjudication, Decision, Project, Task
from rubrics.models import Rubric

Array = Any  # numpy's types say little more than that
Decided = dict[int, dict[int, bool]]  # per criterion, the tasks of which it was decided, and whether with a level


def counted(project: Project) -> dict[str, int]:
    """As label_counts(labels(project)), without an object per judgement."""
    # before the judgements: what is submitted between the two is then not complete yet, rather than complete without its scores
    complete = np.array(list(Task.objects.study(project).fully_judged().values_list("pk", flat=True)), dtype=np.int64)
    decided = decisions(project)
    counts = dict.fromkeys(["labelled", *LEFT_OUT], 0)
    for judged in rating_matrices(project):
        done = np.isin(judged.tasks, complete)
        disputed, labelled = outcomes(judged.part(done), project, decided)
        counts["not_judged"] += int((~done).sum())
        counts["disputed"] += int(disputed.sum())
        counts["labelled"] += int((labelled & ~disputed).sum())
        counts["not_applicable"] += int((~labelled & ~disputed).sum())
    return counts


def decisions(project: Project) -> Decided:
    """The newest decided adjudication holds, for each criterion."""
    rows = Decision.objects.filter(adjudication__in=Adjudication.objects.decided().filter(task__project=project))
    found: Decided = defaultdict(dict)
    for criterion, task, level in (
        rows.order_by("adjudication__round").values_list("criterion", "adjudication__task", "level").iterator()
    ):
        found[criterion][task] = level is not None
    return found


def outcomes(judged: RatingMatrix, project: Project, decided: Decided) -> tuple[Array, Array]:
    """Of tasks that are fully judged: whether a dispute waits for a decision, and whether there is an overall if none does."""
    disputed, labelled = np.zeros((2, len(judged.tasks)), dtype=bool)
    for criterion in judged.rubric.criteria.all():
        of_criterion = decided.get(criterion.pk, {})
        is_decided = np.isin(judged.tasks, list(of_criterion))
        with_level = np.isin(judged.tasks, [task for task, has_level in of_criterion.items() if has_level])
        ratings = judged.values[criterion.key]
        if criterion.is_rated:
            differ = disputed_ratings(ratings, judged.days > 0, project)
            labelled |= np.where(is_decided, with_level, ~np.isnan(ratings).all(axis=0))
        else:
            differ = (ratings == 1).any(axis=0) & (ratings == 0).any(axis=0)
        disputed |= differ & ~is_decided
    if judged.rubric.overall_method == Rubric.Overall.HOLISTIC:
        labelled = ~np.isnan(judged.holistic).all(axis=0)
    return disputed, labelled


def disputed_ratings(ratings: Array, judged: Array, project: Project) -> Array:
    """As agreement.consensus.disputed, of each response."""
    number = (~np.isnan(ratings)).sum(axis=0)
    far = widths(ratings) >= np.where(number == 2, project.pair_gap, project.group_range)
    return np.where(number < judged.sum(axis=0), number > 0, (number > 1) & far)
