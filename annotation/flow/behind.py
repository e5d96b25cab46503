"""The responses behind a number: those that it is made of, where the annotators differ most first. Computed when read."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from annotation.flow.judgements import Judgements, first_judgements
from annotation.models import Project

Array = Any  # numpy's types say little more than that
COLUMNS = ("category", "field", "subfield", "system", "round", "week")
OVERALL = "overall"  # as the report calls it; no criterion has this key
ALL_CRITERIA = ""


@dataclass(frozen=True)
class Selection:
    """What a number is about. None and an empty tuple leave open; an empty category, field or system is a value like others.

    `criterion` is a key, OVERALL or ALL_CRITERIA: the rated ones together. One annotator is held against the others, two
    against each other. `levels` is a cell of the confusion: two annotators gave these, the named ones in this order. `level`
    was given by one of the annotators, or by anybody where none is named. `week` is that of a response's last judgement, or of
    the one annotator's own.
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

    @property
    def is_of_ratings(self) -> bool:
        """Else, unless levels are asked for, it is of every response, judged or not."""
        return self.criterion is not None or bool(self.annotators)


class Behind(NamedTuple):
    """A response behind a number: how far its ratings lie apart, and of which criterion, or of the overall, that is."""

    task: int
    criterion: str
    spread: float


def behind(project: Project, selection: Selection) -> list[Behind]:
    """Worst first. What is alike stands by rubric, then by the responses' keys.

    The spread is the range of the ratings, and a half more where some annotators found the criterion applicable and others
    did not; of two annotators the distance between them, of one the distance from the mean of the others, of all criteria
    the greatest. Where ratings are asked for, two of them make a response count, for one says nothing of agreement; how often
    a level was given is counted wherever it was given.
    """
    chosen = [judged for judged in first_judgements(project) if selection.rubric in (None, judged.rubric.name)]
    found = [row for judged in chosen for row in behind_of(judged, selection)]
    return sorted(found, key=lambda row: -row.spread)  # which leaves the order of what is alike


def behind_of(judged: Judgements, selection: Selection) -> list[Behind]:
    """Those under one rubric, in the order of their keys."""
    keys = criteria(judged, selection.criterion)
    if not keys or not set(selection.annotators) <= set(judged.annotators):
        return []
    apart = np.array([spreads(judged, key, selection) for key in keys])
    apart[:, ~about(judged, selection)] = np.nan
    apart = np.where(np.isnan(apart), -1.0, apart.round(9))  # what is alike must not differ by how it was summed up
    spread = apart.max(axis=0)
    counted = spread >= 0
    of = np.array(keys, dtype=object)[apart.argmax(axis=0)]
    rows = (judged.tasks[counted].tolist(), of[counted].tolist(), spread[counted].tolist())
    return [Behind(*row) for row in zip(*rows, strict=True)]


def criteria(judged: Judgements, chosen: str | None) -> list[str]:
    if chosen is None or chosen == OVERALL:
        return [OVERALL]
    if chosen == ALL_CRITERIA:
        return [item.key for item in judged.rubric.criteria.all() if item.is_rated]
    return [chosen] if chosen in judged.values else []


def about(judged: Judgements, selection: Selection) -> Array:
    """Which responses are of the category, the system and so on."""
    found = np.ones(len(judged.tasks), dtype=bool)
    for name in COLUMNS:
        value = getattr(selection, name)
        if value is not None:
            column = weeks(judged, selection.annotators) if name == "week" else judged.about[name]
            found &= column == np.array(value, dtype=object)  # an object: a string of numpy's loses a NUL at its end
    return found


def weeks(judged: Judgements, annotators: tuple[str, ...]) -> Array:
    """Of each response's last judgement; of one annotator that of their own, as severity over time has it."""
    return judged.own_weeks[judged.annotators.index(annotators[0])] if len(annotators) == 1 else judged.weeks


def spreads(judged: Judgements, key: str, selection: Selection) -> Array:
    """How far the ratings of each response lie apart; NaN where the response does not count."""
    ratings = judged.overall if key == OVERALL else judged.values[key]
    who = [judged.annotators.index(name) for name in selection.annotators]
    if len(who) == 2:
        found = np.abs(ratings[who[0]] - ratings[who[1]])
    elif len(who) == 1:
        found = np.abs(ratings[who[0]] - mean(np.delete(ratings, who, axis=0)))
    else:
        found = ranges(ratings, judged.days > 0, fewest=2 if selection.is_of_ratings else 0)
    if selection.levels is not None:
        found = np.where(gave_both(ratings, who, selection.levels), found, np.nan)
    if selection.level is not None:
        gave = (ratings[who or slice(None)] == selection.level).any(axis=0)
        found = np.where(gave, np.nan_to_num(found), np.nan)
    return found


def ranges(ratings: Array, judged: Array, fewest: int) -> Array:
    rated = ~np.isnan(ratings)
    number = rated.sum(axis=0)
    high = np.where(rated, ratings, -np.inf).max(axis=0, initial=-np.inf)
    low = np.where(rated, ratings, np.inf).min(axis=0, initial=np.inf)
    mixed = (number > 0) & (number < judged.sum(axis=0))  # some found it applicable, others not
    return np.where(number >= fewest, np.where(number > 0, high - low, 0.0) + 0.5 * mixed, np.nan)


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
