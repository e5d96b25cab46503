"""Systems against categories, fields and criteria, and their differences, as plain rows. Systems stand best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from annotation.agreement import DEFAULT_RESAMPLES
from annotation.agreement.estimates import Mean, differences, means, means_table, unanswered
from annotation.flow.judgements import Array
from annotation.flow.labels import OVERALL
from annotation.flow.results.labelled import Labelled, RubricLabels, numbers_of

PERCENT = (0.0, 100.0)
Row = dict[str, Any]


@dataclass(frozen=True)
class Systems:
    """The systems, best first by their mean, those without a label last; `number` has the place of each task's system."""

    names: list[str]
    number: Array
    overall: list[Mean]

    def __len__(self) -> int:
        return len(self.names)


def ranked_systems(labelled: Labelled) -> Systems:
    names, number = numbers_of(labelled.about("system"))
    overall = means(
        labelled.overall,
        number,
        len(names),
        labelled.queries,
        weights=labelled.weights,
        resamples=DEFAULT_RESAMPLES,
        ends=PERCENT,
    )
    order = sorted(range(len(names)), key=lambda place: sinking(overall[place]))  # those that are alike by their names
    places = np.empty(len(names), dtype=np.int64)
    places[order] = np.arange(len(names))
    return Systems([names[place] for place in order], places[number], [overall[place] for place in order])


def sinking(mean: Mean) -> tuple[bool, float]:
    value = mean.figure.value
    return value is None, -(value or 0.0)


def plain(mean: Mean) -> Row:
    return {key: value for key, value in mean.plain(interval=True).items() if key != "effective"}  # told once, of all labels


def system_rows(labelled: Labelled, systems: Systems) -> list[Row]:
    missing = unanswered(systems.number, len(systems), labelled.queries)
    queries = len(np.unique(labelled.queries))
    return [
        {"system": name, "overall": plain(mean), "answered": queries - none, "unanswered": none}
        for name, mean, none in zip(systems.names, systems.overall, missing, strict=True)
    ]


def group_table(labelled: Labelled, systems: Systems, column: str) -> Row:
    """Systems x the values of the column. `average` is the mean of the groups' means, `all` has a mean per group over all
    systems."""
    values, number = numbers_of(labelled.about(column))
    if not values:
        return {"by": column, "values": [], "rows": [], "all": []}
    table = means_table(
        labelled.overall,
        systems.number,
        number,
        labelled.queries,
        shape=(len(systems), len(values)),
        weights=labelled.weights,
        ends=PERCENT,
    )
    return {
        "by": column,
        "values": values,
        "rows": [
            {"system": name, "cells": list(map(plain, cells)), "average": plain(average)}
            for name, cells, average in zip(systems.names, table.cells, table.over_groups, strict=True)
        ],
        "all": list(map(plain, table.groups)),
    }


def criteria_table(labelled: Labelled, systems: Systems, part: RubricLabels) -> Row:
    """Systems x the criteria of a rubric, penalties too. Of a penalty it is the share of responses to which it applies."""
    criteria = list(part.rubric.criteria.all())
    here = labelled.places(part)
    values = np.concatenate([part.criteria[item.key] for item in criteria])
    criterion = np.repeat(np.arange(len(criteria)), len(part.tasks))
    system, queries = (np.tile(column[here], len(criteria)) for column in (systems.number, labelled.queries))
    weights = None if labelled.weights is None else np.tile(labelled.weights[here], len(criteria))
    shape = len(systems) * len(criteria)
    cells = means(values, system * len(criteria) + criterion, shape, queries, weights=weights, resamples=None, ends=PERCENT)
    of_all = means(values, criterion, len(criteria), queries, weights=weights, ends=PERCENT)
    return {
        "rubric": part.rubric.name,
        "title": part.rubric.title,
        "criteria": [
            {"key": item.key, "title": item.title, "kind": "rated" if item.is_rated else "penalty"} for item in criteria
        ],
        "rows": [
            {"system": name, "cells": [plain(cell) for cell in cells[first : first + len(criteria)]]}
            for name, first in zip(systems.names, range(0, len(cells), len(criteria)), strict=True)
        ],
        "all": list(map(plain, of_all)),
        "undefined": [{"criterion": key, "reason": reason} for key, reason in part.reasons.items() if key != OVERALL],
    }


def difference_rows(labelled: Labelled, systems: Systems) -> list[Row]:
    """Of each two systems, the one that stands first less the other, in points of a hundred."""
    return [
        {"first": systems.names[row.first], "second": systems.names[row.second]}
        | row.plain(interval=True)
        | {"beyond_chance": row.beyond_chance}
        for row in differences(labelled.overall, systems.number, len(systems), labelled.queries, weights=labelled.weights)
    ]


def neighbours(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    """The differences of each system and the next."""
    of_pair = {(row["first"], row["second"]): row for row in rows}
    return [of_pair[pair] for pair in pairwise(names)]
