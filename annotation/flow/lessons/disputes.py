"""The disputes of a project: a row per disputed criterion of a response, with what was decided and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from django.db.models import F

from annotation.flow.judgements import AT_ONCE, Array, ProjectCache, Purpose, RatingMatrix, rating_matrices
from annotation.flow.labels.disputes import disputes as disputed_by_rule
from annotation.models import Decision
from rubrics.models import Criterion

LEVELS, APPLICABILITY, PENALTY = "levels", "applicability", "penalty"


class Dispute(NamedTuple):
    """A criterion of a response on which the annotators differ too much. What is decided is a level, "na", or True or False
    for a penalty; while nothing is, `case` and `decision` are None, and `cause` and `reason` are empty. A decision may have no
    cause where the annotators agreed when it was made.

    The ratings are those that a label takes. `over` says what they differ on; `levels` are the lowest and the highest rating
    where that is the level, `ratings` all levels that somebody gave, each once, `mean` is that of all, None where there is none.
    """

    task: int
    rubric: str
    criterion: str
    query: str
    category: str
    field: str
    over: str
    levels: tuple[int, int] | None
    ratings: tuple[int, ...]
    mean: float | None
    case: int | None = None
    decision: int | bool | str | None = None
    cause: str = ""
    reason: str = ""

    @property
    def is_decided(self) -> bool:
        return self.case is not None


@dataclass(frozen=True)
class Selection:
    """Which disputes are meant; None does not restrict. `level` was given by somebody, `direction` is one of DIRECTIONS."""

    rubric: str | None = None
    criterion: str | None = None
    cause: str | None = None
    levels: tuple[int, int] | None = None
    over: str | None = None
    level: int | None = None
    category: str | None = None
    field: str | None = None
    direction: str | None = None


HIGHER, SAME, LOWER = DIRECTIONS = ("higher", "same", "lower")


def direction(dispute: Dispute) -> str | None:
    """Whether a higher or a lower level was decided than the mean of the ratings, or one that is within half a level of it;
    None where either is no level."""
    if dispute.mean is None or dispute.over == PENALTY or not isinstance(dispute.decision, int):
        return None
    difference = dispute.decision - dispute.mean
    return SAME if abs(difference) < 0.5 else HIGHER if difference > 0 else LOWER


def chosen(disputes: Iterable[Dispute], selection: Selection) -> list[Dispute]:
    columns = ("rubric", "criterion", "cause", "levels", "over", "category", "field")
    wanted = [(name, value) for name in columns if (value := getattr(selection, name)) is not None]
    selected = [dispute for dispute in disputes if all(getattr(dispute, name) == value for name, value in wanted)]
    if selection.level is not None:
        selected = [dispute for dispute in selected if selection.level in dispute.ratings]
    if selection.direction is not None:
        selected = [dispute for dispute in selected if direction(dispute) == selection.direction]
    return selected


def read_disputes(cache: ProjectCache, *, behind: timedelta = AT_ONCE) -> tuple[list[Dispute], datetime]:
    """Those of all rubrics, sorted by rubric, the responses' keys and the criteria's places; and the time that they are of."""

    def make() -> list[tuple[Any, ...]]:
        decided = decisions(cache)
        matrices = rating_matrices(cache.project, cache, Purpose.LABELS)
        return [tuple(row) for matrix in matrices for row in of_rubric(matrix, cache, decided)]

    rows, at = cache.get(("lessons", "disputes"), make, behind=behind)
    return list(map(Dispute._make, rows)), at


def decisions(cache: ProjectCache) -> dict[tuple[int, int], tuple[Any, ...]]:
    """By task and criterion: case, level, "na" or penalty, cause and reason, where labels take them."""
    standing = Decision.objects.filter(
        adjudication__task__project=cache.project,
        adjudication__outcome="decided",
        adjudication__second=False,
        adjudication__reopening=None,
        disputed=True,
    ).order_by("adjudication__round")
    columns = ("adjudication__task", "criterion", "adjudication", F("level__value"), "na", "given", "cause", "reason")
    return {
        (task, criterion): (case, answer_of(level, na, applies), cause, reason)
        for task, criterion, case, level, na, applies, cause, reason in standing.values_list(*columns).iterator()
    }


def answer_of(level: int | None, na: bool, applies: bool | None) -> int | bool | str | None:
    return "na" if na else applies if level is None else level


def of_rubric(matrix: RatingMatrix, cache: ProjectCache, decided: dict[tuple[int, int], tuple[Any, ...]]) -> Iterator[Dispute]:
    criteria = list(matrix.rubric.criteria.all())
    by_rule = disputed_by_rule(matrix, cache.project)
    # where no cause was given the annotators agreed: a dispute over the overall asks such criteria too
    with_cause = [about for about, (_case, _answer, cause, _reason) in decided.items() if cause]
    is_decided = {item.key: np.isin(matrix.tasks, [task for task, pk in with_cause if pk == item.pk]) for item in criteria}
    disputed = np.array([by_rule[item.key] | is_decided[item.key] for item in criteria])
    for place, row in np.argwhere(disputed.T).tolist():
        criterion, task = criteria[row], int(matrix.tasks[place])
        yield Dispute(
            task,
            matrix.rubric.name,
            criterion.key,
            str(matrix.query_ids[place]),
            str(matrix.about["category"][place]),
            str(matrix.about["field"][place]),
            *ratings_of(matrix.values[criterion.key][:, place], criterion),
            *decided.get((task, criterion.pk), ()),
        )


def ratings_of(ratings: Array, criterion: Criterion) -> tuple[str, tuple[int, int] | None, tuple[int, ...], float | None]:
    """What the annotators differ on, the lowest and the highest rating, all that were given, and their mean."""
    own = ratings[~np.isnan(ratings)]
    if not criterion.is_rated:
        return PENALTY, None, (), None
    levels = tuple(int(level) for level in np.unique(own))
    mean = float(own.mean()) if len(own) else None
    if len(levels) < 2:
        return APPLICABILITY, None, levels, mean
    return LEVELS, (levels[0], levels[-1]), levels, mean
