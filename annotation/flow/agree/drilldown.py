"""The responses behind a number: those that it is made of, where the annotators differ most first. Computed when read."""

from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from annotation.agreement.annotators.times import medians_of_others
from annotation.agreement.ratings import widths
from annotation.flow.judgements.matrix import RatingMatrix, rating_matrices
from annotation.models import Project

Array = Any  # numpy's types say little more than that
COLUMNS = ("category", "field", "subfield", "system", "round", "week")
OVERALL = "overall"  # as the report calls it; no criterion has this key
ALL_CRITERIA = ""
ALIKE, PACE = "alike", "pace"  # habits
NO_SPREAD, NOT_COUNTED = -1.0, -2.0


@dataclass(frozen=True)
class Selection:
    """What a number is about. None and an empty tuple leave open; an empty category, field or system is a value like others.

    `criterion` is a key, OVERALL or ALL_CRITERIA: the rated ones together. One annotator is held against the others, two
    against each other. `levels` is a cell of the confusion: two annotators gave these, the named ones in this order. `level`
    was given by one of the annotators, or by anybody where none is named. `week` is that of a response's last judgement, or of
    the one annotator's own. `habit` is of one annotator, and beside it stand neither criterion nor levels: ALIKE, how close
    together their ratings lie over the rated criteria, or PACE, their time against the others'.
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

    @property
    def is_of_ratings(self) -> bool:
        """Else, unless levels are asked for, it is of every response, judged or not, or of all that one annotator judged."""
        return self.criterion is not None or len(self.annotators) == 2


class DrilldownRow(NamedTuple):
    """A response behind a number: how far its ratings lie apart, and of which criterion, or of the overall, that is.

    The spread is None where nothing stands beside the one rating. Of ALIKE it is the range of the annotator's ratings over
    criteria; of PACE how many times as long as the others they took.
    """

    task: int
    criterion: str
    spread: float | None


class Ranking(NamedTuple):
    """Of each response whether it counts, its spread (NaN for none), which criterion that is of, and by what it stands where
    it stands, the least first."""

    counted: Array
    spread: Array
    criterion: Array
    places: tuple[Array, ...]


def drilldown(project: Project, selection: Selection) -> list[DrilldownRow]:
    """Worst first. What is alike stands by rubric, then by the responses' keys.

    The spread is the range of the ratings, and a half more where some annotators found the criterion applicable and others
    did not; of two annotators the distance between them, of one the distance from the mean of the others, of all criteria
    the greatest. Where ratings are asked for, two of them make a response count, for one says nothing of agreement; how often
    a level was given is counted wherever it was given, and of one annotator without a criterion all that they judged. Of ALIKE
    the ratings that lie closest together come first, of PACE the times that are farthest from the others'.
    """
    chosen = [judged for judged in rating_matrices(project) if selection.rubric in (None, judged.rubric.name)]
    found = [row for judged in chosen for row in rows_of_rubric(judged, selection)]
    return [row for _places, row in sorted(found, key=itemgetter(0))]  # which leaves the order of what is alike


def rows_of_rubric(judged: RatingMatrix, selection: Selection) -> list[tuple[tuple[float, ...], DrilldownRow]]:
    """Those under one rubric, in the order of their keys, each with its places in the order of all."""
    keys = criteria(judged, ALL_CRITERIA if selection.habit == ALIKE else selection.criterion)
    if not keys or not set(selection.annotators) <= set(judged.annotators):
        return []
    found = {ALIKE: alike, PACE: paces, None: apart}[selection.habit](judged, keys, selection)
    counted = found.counted & about(judged, selection)
    spread = np.where(np.isnan(found.spread), None, found.spread)
    rows = map(DrilldownRow, *(column[counted].tolist() for column in (judged.tasks, found.criterion, spread)))
    places = zip(*(column[counted].tolist() for column in found.places), strict=True)
    return list(zip(places, rows, strict=True))


def apart(judged: RatingMatrix, keys: list[str], selection: Selection) -> Ranking:
    """How far the ratings lie apart, on the criterion where that is most."""
    found = np.array([spreads(judged, key, selection) for key in keys])
    most = found.max(axis=0)
    of = np.array(keys, dtype=object)[found.argmax(axis=0)]
    return Ranking(most > NOT_COUNTED, np.where(most > NO_SPREAD, most, np.nan), of, (-most,))


def alike(judged: RatingMatrix, keys: list[str], selection: Selection) -> Ranking:
    """How close together the annotator's ratings lie over criteria; of what is alike, on more criteria comes first."""
    [row] = who_of(judged, selection)
    own = np.array([judged.values[key][row] for key in keys])
    number, width = (~np.isnan(own)).sum(axis=0), widths(own)
    return Ranking(number > 1, width, np.full(len(width), ALL_CRITERIA, dtype=object), (width, -number))


def paces(judged: RatingMatrix, _keys: list[str], selection: Selection) -> Ranking:
    """How many times as long as the others the annotator took: their median. Alone, the longest comes first."""
    [row] = who_of(judged, selection)
    times = np.where(judged.seconds > 0, judged.seconds, np.nan)
    own, ratio = times[row], times[row] / medians_of_others(times)[row]
    far = np.where(np.isnan(ratio), NO_SPREAD, np.abs(np.log(ratio)).round(9))
    overall = np.full(len(own), OVERALL, dtype=object)
    return Ranking(~np.isnan(own), ratio, overall, (-far, np.where(np.isnan(ratio), -own, 0.0)))


def criteria(judged: RatingMatrix, chosen: str | None) -> list[str]:
    if chosen is None or chosen == OVERALL:
        return [OVERALL]
    if chosen == ALL_CRITERIA:
        return [item.key for item in judged.rubric.criteria.all() if item.is_rated]
    return [chosen] if chosen in judged.values else []


def about(judged: RatingMatrix, selection: Selection) -> Array:
    """Which responses are of the category, the system and so on."""
    found = np.ones(len(judged.tasks), dtype=bool)
    for name in COLUMNS:
        value = getattr(selection, name)
        if value is not None:
            column = weeks(judged, selection.annotators) if name == "week" else judged.about[name]
            found &= column == np.array(value, dtype=object)  # an object: a string of numpy's loses a NUL at its end
    return found


def weeks(judged: RatingMatrix, annotators: tuple[str, ...]) -> Array:
    """Of each response's last judgement; of one annotator that of their own, as severity over time has it."""
    return judged.own_weeks[judged.annotators.index(annotators[0])] if len(annotators) == 1 else judged.weeks


def who_of(judged: RatingMatrix, selection: Selection) -> list[int]:
    return [judged.annotators.index(name) for name in selection.annotators]


def spreads(judged: RatingMatrix, key: str, selection: Selection) -> Array:
    """How far the ratings of each response lie apart; NO_SPREAD where one stands alone, NOT_COUNTED where none is asked for."""
    ratings = judged.overall if key == OVERALL else judged.values[key]
    who = who_of(judged, selection)
    if len(who) == 2:
        found = np.abs(ratings[who[0]] - ratings[who[1]])
    elif len(who) == 1:
        found = np.abs(ratings[who[0]] - mean(np.delete(ratings, who, axis=0)))
    else:
        found = ranges(ratings, judged.days > 0, fewest=2 if selection.is_of_ratings else 0)
    if selection.levels is not None:
        counted = gave_both(ratings, who, selection.levels)
    elif selection.level is not None:
        counted = (ratings[who or slice(None)] == selection.level).any(axis=0)
    elif selection.is_of_ratings:
        counted = ~np.isnan(found)
    else:
        counted = (judged.days[who] > 0).all(axis=0)  # where nobody is named, every response
    found = np.where(np.isnan(found), NO_SPREAD, found.round(9))  # what is alike must not differ by how it was summed up
    return np.where(counted, found, NOT_COUNTED)


def ranges(ratings: Array, judged: Array, fewest: int) -> Array:
    number = (~np.isnan(ratings)).sum(axis=0)
    mixed = (number > 0) & (number < judged.sum(axis=0))  # some found it applicable, others not
    return np.where(number >= fewest, widths(ratings) + 0.5 * mixed, np.nan)


def mean(ratings: Array) -> Array:
    """Per response; NaN where there is no rating."""
    number = (~np.isnan(ratings)).sum(axis=0)
    return np.where(number > 0, np.nansum(ratings, axis=0) / np.maximum(number, 1), np.nan)


def gave_both(ratings: Array, who: list[int], levels: tuple[int, int]) -> Array:
    """Where one annotator gave the first level and another the second: the two of `who` in this order, the one of it and
    anybody else, or any two."""
    first, second = levels
    if who:
        others = ratings[who[1:]] if len(who) == 2 else np.delete(ratings, who, axis=0)
        return (ratings[who[0]] == first) & (others == second).any(axis=0)
    gave = (ratings == first).sum(axis=0), (ratings == second).sum(axis=0)
    return gave[0] >= 2 if first == second else (gave[0] > 0) & (gave[1] > 0)
