"""What adjudicators decided, against the annotators, against their own blind scores, and against each other."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import F

from annotation.agreement import adjacent, exact, kappa, mean_absolute_difference
from annotation.agreement.figures import Figure
from annotation.agreement.levels import changes, directions
from annotation.agreement.reasons import FEW_SHARED
from annotation.flow.judgements import Array, ProjectCache, RatingMatrix
from annotation.models import BlindScore, Decision
from rubrics.models import Criterion

Row = dict[str, Any]
FEWEST_FOR_KAPPA = 10  # responses that two adjudicators share


@dataclass(frozen=True)
class Levels:
    """A row per level that an adjudicator gave: the newest per person, response and criterion."""

    tasks: Array
    criteria: Array
    adjudicators: Array
    values: Array
    standing: Array  # whether labels take it, and it settled a dispute


def read_decided(cache: ProjectCache) -> Levels:
    rows = Decision.objects.filter(
        adjudication__task__project=cache.project, adjudication__outcome="decided", level__isnull=False
    )
    columns = ("adjudication__task", "criterion", "adjudication__decided_by", F("level__value"))
    stands = ("disputed", "adjudication__second", "adjudication__reopening")
    ordered = rows.order_by("adjudication__round").values_list(*columns, *stands).iterator()
    return levels_of((*row, disputed and not second and reopening is None) for *row, disputed, second, reopening in ordered)


def read_blind(cache: ProjectCache) -> Levels:
    rows = BlindScore.objects.filter(review__project=cache.project, level__isnull=False)
    columns = ("review__adjudication__task", "criterion", "review__adjudicator", F("level__value"))
    return levels_of((*row, False) for row in rows.order_by("review__adjudication__round").values_list(*columns).iterator())


def levels_of(rows: Any) -> Levels:
    newest = {row[:3]: row for row in rows}
    table = np.array(list(newest.values()), dtype=np.int64).reshape(-1, 5)
    tasks, criteria, people, values, standing = table.T
    return Levels(tasks, criteria, people, values, standing.astype(bool))


def adjudicators(matrices: list[RatingMatrix], cache: ProjectCache) -> dict[str, list[Row]]:
    """Rows per rubric and criterion; `annotators` has rows per annotator, which managers alone may see."""
    decided, blind = read_decided(cache), read_blind(cache)
    subjects = [(matrix, criterion) for matrix in matrices for criterion in matrix.rated_criteria]
    return {
        "against_annotators": [against_annotators(*subject, decided) for subject in subjects],
        "against_blind_scores": [against_blind(*subject, decided, blind) for subject in subjects],
        "among_adjudicators": [
            {"what": what} | among(*subject, levels)
            for what, levels in (("blind", blind), ("decided", decided))
            for subject in subjects
        ],
        "annotators": [row for matrix in matrices for row in annotators(matrix, decided)],
    }


def head(matrix: RatingMatrix, criterion: Criterion) -> Row:
    return {"rubric": matrix.rubric.name, "criterion": criterion.key}


def about(matrix: RatingMatrix, criterion: Criterion, levels: Levels) -> Array:
    """Which of the levels are of the criterion and of the matrix's responses."""
    return (levels.criteria == criterion.pk) & np.isin(levels.tasks, matrix.tasks)


def spread(matrix: RatingMatrix, criterion: Criterion, levels: Levels) -> Array:
    """Adjudicators x responses, NaN for none."""
    chosen = about(matrix, criterion, levels)
    people, rows = np.unique(levels.adjudicators[chosen], return_inverse=True)
    values = np.full((len(people), len(matrix.tasks)), np.nan)
    values[rows, places(matrix, levels.tasks[chosen])] = levels.values[chosen]
    return values


def places(matrix: RatingMatrix, tasks: Array) -> Array:
    order = np.argsort(matrix.tasks)
    return order[np.searchsorted(matrix.tasks[order], tasks)]


def standing(matrix: RatingMatrix, criterion: Criterion, levels: Levels) -> Array:
    """The level per response that labels take, where it settled a dispute; NaN for none."""
    chosen = about(matrix, criterion, levels) & levels.standing
    values = np.full(len(matrix.tasks), np.nan)
    values[places(matrix, levels.tasks[chosen])] = levels.values[chosen]
    return values


def means(ratings: Array) -> Array:
    number = (~np.isnan(ratings)).sum(axis=0)
    return np.where(number > 0, np.nansum(ratings, axis=0) / np.maximum(number, 1), np.nan)


def against_annotators(matrix: RatingMatrix, criterion: Criterion, decided: Levels) -> Row:
    ratings = means(matrix.values[criterion.key])
    return head(matrix, criterion) | compared(standing(matrix, criterion, decided), ratings, matrix.queries)


def compared(settled: Array, ratings: Array, queries: Array) -> Row:
    """How many decisions are higher or lower than the ratings, and by how much."""
    result = directions(settled, ratings, queries)
    counts = {"n": result.difference.n, "higher": result.higher, "same": result.same, "lower": result.lower}
    return counts | {"difference": result.difference.plain(interval=True)}


def against_blind(matrix: RatingMatrix, criterion: Criterion, decided: Levels, blind: Levels) -> Row:
    """Of the decisions that stand: the blind score of whoever decided."""
    shown, own = spread(matrix, criterion, decided), spread(matrix, criterion, blind)
    settled = standing(matrix, criterion, decided)
    people = [np.unique(levels.adjudicators[about(matrix, criterion, levels)]) for levels in (decided, blind)]
    before = np.full(len(matrix.tasks), np.nan)
    for row, person in enumerate(people[0].tolist()):
        if person in people[1]:
            is_own = ~np.isnan(shown[row]) & (shown[row] == settled)
            before[is_own] = own[people[1].tolist().index(person)][is_own]
    return head(matrix, criterion) | vars(changes(before, settled, means(matrix.values[criterion.key])))


def among(matrix: RatingMatrix, criterion: Criterion, levels: Levels) -> Row:
    ratings, queries = spread(matrix, criterion, levels), matrix.queries
    weighted = kappa(ratings, scale=matrix.scale, queries=queries)
    if weighted.value is not None and weighted.n < FEWEST_FOR_KAPPA:
        weighted = Figure(None, weighted.n, FEW_SHARED)
    figures = {
        "exact": exact(ratings, queries=queries),
        "adjacent": adjacent(ratings, queries=queries),
        "mean_absolute_difference": mean_absolute_difference(ratings, queries=queries),
        "weighted_kappa": weighted,
    }
    return head(matrix, criterion) | {name: figure.plain(interval=True) for name, figure in figures.items()}


def annotators(matrix: RatingMatrix, decided: Levels) -> list[Row]:
    """Each annotator's ratings against what was decided, over all rated criteria."""
    settled = np.concatenate([standing(matrix, criterion, decided) for criterion in matrix.rated_criteria])
    queries = np.tile(matrix.queries, len(matrix.rated_criteria))
    rows = []
    for place, name in enumerate(matrix.annotators):
        own = np.concatenate([matrix.values[criterion.key][place] for criterion in matrix.rated_criteria])
        rows.append({"rubric": matrix.rubric.name, "annotator": name} | compared(settled, own, queries))
    return rows
