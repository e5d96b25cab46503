"""The drill-down: the responses behind a number, where the annotators differ most first. Computed when read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

import numpy as np

from annotation.agreement.annotators.times import medians_of_others
from annotation.agreement.ratings import widths
from annotation.flow.judgements import Array, ProjectCache, RatingMatrix, rating_matrices
from annotation.models import Project

COLUMNS = ("category", "field", "subfield", "system", "round", "week")
OVERALL = "overall"  # as the report calls it; no criterion has this key
ALL_CRITERIA = ""
ALIKE, PACE = "alike", "pace"  # of habits
LABELLED = "labelled"  # whatever its state
OPEN = "open"  # of flags
SPREAD = ("0", "1", "2", "3")


@dataclass(frozen=True)
class Selection:
    """Which responses a number is made of. None and an empty tuple do not restrict; an empty category, field or system does.

    `criterion` is a key, OVERALL or ALL_CRITERIA: the rated ones together. One annotator is compared with the others, two
    with each other. `levels` is a cell of the confusions: two annotators gave these, the named ones in this order. `level` was
    given by one of the annotators, or by anybody where none is named. `week` is that of the judgements that count, and empty
    where there are none; of one annotator it is that of their own, whenever the others judged. `habit` is one annotator's, and
    excludes criterion and levels: ALIKE, how close together their ratings lie over the rated criteria, or PACE, their time
    compared with the others'. `label` is a state of the response's label, or LABELLED, `error` the key of a type of error
    that is marked, `flag` OPEN where it has an open flag, and `search` words of the response; `by_label` alone looks at these.
    `spread` is how many whole points the overalls of the judgements that count lie apart, and the last of SPREAD as many or more.
    """

    rubric: str | None = None
    criterion: str | None = None
    annotators: tuple[str, ...] = ()
    levels: tuple[int, int] | None = None
    level: int | None = None
    category: str | None = None
    field: str | None = None
    subfield: str | None = None
    system: str | None = None
    round: str | None = None
    week: str | None = None
    habit: str | None = None
    label: str | None = None
    error: str | None = None
    flag: str | None = None
    search: str | None = None
    spread: str | None = None

    @property
    def is_of_ratings(self) -> bool:
        """Whether only responses with two ratings count. Else, without levels, every response does, judged or not, or all that
        one annotator judged."""
        return self.criterion is not None or len(self.annotators) == 2


class DrilldownRow(NamedTuple):
    """A response behind a number: how far its ratings lie apart, and on which criterion (or the overall) they do.

    The spread is None where there is nothing to compare the one rating with. For ALIKE it is the range of the annotator's
    ratings over criteria; for PACE how many times as long as the others they took.
    """

    task: int
    criterion: str
    spread: float | None


@dataclass(frozen=True)
class DrilldownRows(Sequence[DrilldownRow]):
    """The responses behind a number as arrays, in their order: a page has few of them, and only these are made rows."""

    tasks: Array
    criteria: Array
    spreads: Array  # NaN for none

    def __len__(self) -> int:
        return len(self.tasks)

    @overload
    def __getitem__(self, place: int) -> DrilldownRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[DrilldownRow]: ...
    def __getitem__(self, place: int | slice) -> DrilldownRow | list[DrilldownRow]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        spread = float(self.spreads[place])
        return DrilldownRow(int(self.tasks[place]), self.criteria[place], None if np.isnan(spread) else spread)

    def where(self, mask: Array) -> "DrilldownRows":
        return DrilldownRows(self.tasks[mask], self.criteria[mask], self.spreads[mask])


NOTHING = DrilldownRows(*np.empty((3, 0)))


class Ranking(NamedTuple):
    """Arrays with a value for each response. `places` order the responses, the least first, ties by the next array."""

    counted: Array  # whether the response is behind the number
    spread: Array  # NaN for none
    criterion: Array  # that the spread is of
    places: tuple[Array, Array]


def drilldown(project: Project, selection: Selection, cache: ProjectCache | None = None) -> DrilldownRows:
    """Worst first; ties by rubric, then by the responses' keys.

    The spread is the range of the ratings, and a half more where some annotators found the criterion applicable and others
    did not; of two annotators the distance between them, of one the distance from the mean of the others, of all criteria
    the greatest. A number about ratings is made of the responses with two of them or more; how often a level was given counts
    every response where it was given; a number about one annotator without a criterion counts all that they judged. For ALIKE
    the ratings that lie closest together come first, for PACE the times that are farthest from the others'.
    """
    chosen = [matrix for matrix in rating_matrices(project, cache) if selection.rubric in (None, matrix.rubric.name)]
    rankings = [ranking for matrix in chosen if (ranking := ranked(matrix, selection))]
    if not rankings:
        return NOTHING
    tasks, criteria, spreads, *places = map(np.concatenate, zip(*rankings, strict=True))
    order = np.lexsort(places[::-1])  # which leaves the order of what is alike
    return DrilldownRows(tasks[order], criteria[order], spreads[order])


def ranked(matrix: RatingMatrix, selection: Selection) -> tuple[Array, ...] | None:
    """Those under one rubric, in the order of their keys: tasks, criteria, spreads, and the places in the order of all."""
    keys = criteria(matrix, ALL_CRITERIA if selection.habit == ALIKE else selection.criterion)
    if not keys or not set(selection.annotators) <= set(matrix.annotators):
        return None
    if selection.week and len(selection.annotators) != 1:
        of_weeks = dict(matrix.weekly())
        if selection.week not in of_weeks:
            return None
        matrix = of_weeks[selection.week]
    ranking = {ALIKE: alike, PACE: paces, None: apart}[selection.habit](matrix, keys, selection)
    counted = ranking.counted & about(matrix, selection)
    return tuple(column[counted] for column in (matrix.tasks, ranking.criterion, ranking.spread, *ranking.places))


def apart(matrix: RatingMatrix, keys: list[str], selection: Selection) -> Ranking:
    """How far the ratings lie apart, on the criterion where that is most. Responses without a spread come last."""
    counted, spread = (np.array(arrays) for arrays in zip(*(spreads(matrix, key, selection) for key in keys), strict=True))
    # of a response's criteria that count, one with a spread comes before one without, which is as if less than 0
    worst = np.where(counted, np.nan_to_num(spread, nan=-1.0), -np.inf).argmax(axis=0)
    most = spread[worst, np.arange(len(worst))]
    alone = np.isnan(most)
    return Ranking(counted.any(axis=0), most, np.array(keys, dtype=object)[worst], (alone, np.where(alone, 0.0, -most)))


def alike(matrix: RatingMatrix, keys: list[str], selection: Selection) -> Ranking:
    """How close together the annotator's ratings lie over criteria; of what is alike, on more criteria comes first."""
    [row] = rows_of(matrix, selection)
    own = np.array([matrix.values[key][row] for key in keys])
    number, width = (~np.isnan(own)).sum(axis=0), widths(own)
    return Ranking(number > 1, width, np.full(len(width), ALL_CRITERIA, dtype=object), (width, -number))


def paces(matrix: RatingMatrix, _keys: list[str], selection: Selection) -> Ranking:
    """How many times as long as the others the annotator took: their median. Where nobody else's time is known comes last, the
    longest time first."""
    [row] = rows_of(matrix, selection)
    times = np.where(matrix.seconds > 0, matrix.seconds, np.nan)
    own, ratio = times[row], times[row] / medians_of_others(times)[row]
    alone = np.isnan(ratio)
    criterion = np.full(len(own), OVERALL, dtype=object)
    return Ranking(~np.isnan(own), ratio, criterion, (alone, -np.where(alone, own, np.abs(np.log(ratio)).round(9))))


def criteria(matrix: RatingMatrix, chosen: str | None) -> list[str]:
    if chosen is None or chosen == OVERALL:
        return [OVERALL]
    if chosen == ALL_CRITERIA:
        return [criterion.key for criterion in matrix.rated_criteria]
    return [chosen] if chosen in matrix.values else []


def about(matrix: RatingMatrix, selection: Selection) -> Array:
    """Which responses are of the category, the system and so on."""
    fits = np.ones(len(matrix.tasks), dtype=bool)
    for name in COLUMNS:
        value = getattr(selection, name)
        if value is not None:
            # compared as an object: a string of numpy's loses a NUL at its end
            fits &= of_week(matrix, selection) if name == "week" else matrix.about[name] == np.array(value, dtype=object)
    return fits if selection.spread is None else fits & (points_apart(matrix) == int(selection.spread))


def points_apart(matrix: RatingMatrix) -> Array:
    """Of each response; NaN for fewer than two overalls."""
    number = (~np.isnan(matrix.overall)).sum(axis=0)
    whole = np.floor(widths(matrix.overall).round(9))
    return np.where(number >= 2, np.minimum(whole, int(SPREAD[-1])), np.nan)


def of_week(matrix: RatingMatrix, selection: Selection) -> Array:
    """Which responses were judged in the week. Of one annotator it is that of their own judgement, as severity over time has it;
    else the matrix has the judgements of the week alone."""
    if len(selection.annotators) == 1:
        return matrix.own_weeks[matrix.annotators.index(selection.annotators[0])] == np.array(selection.week, dtype=object)
    return matrix.submitted.any(axis=0) == bool(selection.week)


def rows_of(matrix: RatingMatrix, selection: Selection) -> list[int]:
    """The matrix's rows of the annotators that are named."""
    return [matrix.annotators.index(name) for name in selection.annotators]


def spreads(matrix: RatingMatrix, key: str, selection: Selection) -> tuple[Array, Array]:
    """Of each response, whether it counts, and how far its ratings of the criterion lie apart: NaN where one stands alone."""
    ratings = matrix.overall if key == OVERALL else matrix.values[key]
    rows = rows_of(matrix, selection)
    if len(rows) == 2:
        spread = np.abs(ratings[rows[0]] - ratings[rows[1]])
    elif len(rows) == 1:
        spread = np.abs(ratings[rows[0]] - mean(np.delete(ratings, rows, axis=0)))
    else:
        spread = ranges(ratings, matrix.submitted, fewest=2 if selection.is_of_ratings else 0)
    if selection.levels is not None:
        counted = gave_both(ratings, rows, selection.levels)
    elif selection.level is not None:
        counted = (ratings[rows or slice(None)] == selection.level).any(axis=0)
    elif selection.is_of_ratings:
        counted = ~np.isnan(spread)
    else:
        counted = matrix.submitted[rows].all(axis=0)  # where nobody is named, every response
    return counted, spread.round(9)  # what is alike must not differ by how it was summed up


def ranges(ratings: Array, submitted: Array, fewest: int) -> Array:
    """A half more where some annotators found the criterion applicable and others did not; NaN for fewer ratings than that."""
    number = (~np.isnan(ratings)).sum(axis=0)
    mixed = (number > 0) & (number < submitted.sum(axis=0))
    return np.where(number >= fewest, widths(ratings) + 0.5 * mixed, np.nan)


def mean(ratings: Array) -> Array:
    """Per response; NaN where there is no rating."""
    number = (~np.isnan(ratings)).sum(axis=0)
    return np.where(number > 0, np.nansum(ratings, axis=0) / np.maximum(number, 1), np.nan)


def gave_both(ratings: Array, rows: list[int], levels: tuple[int, int]) -> Array:
    """Where one annotator gave the first level and another the second: the two of `rows` in this order, the one of it and
    anybody else, or any two."""
    first, second = levels
    if rows:
        others = ratings[rows[1:]] if len(rows) == 2 else np.delete(ratings, rows, axis=0)
        return (ratings[rows[0]] == first) & (others == second).any(axis=0)
    gave = (ratings == first).sum(axis=0), (ratings == second).sum(axis=0)
    return gave[0] >= 2 if first == second else (gave[0] > 0) & (gave[1] > 0)
