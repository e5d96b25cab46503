"""How often annotators marked which type of error, by system and by category."""

from typing import Any

import numpy as np

from annotation.agreement.estimates import error_shares
from annotation.flow.judgements import Array, ProjectCache, Purpose, rating_matrices
from annotation.flow.results.labelled import Labelled, numbers_of
from annotation.flow.results.tables import Systems
from annotation.models import ErrorMark, ErrorType

Row = dict[str, Any]


def error_tables(cache: ProjectCache, labelled: Labelled, systems: Systems) -> Row:
    """Shares of the judged responses, from the revisions that labels take, as they are now. Two queries."""
    types = list(ErrorType.objects.filter(project=cache.project).order_by("place", "key"))
    marks = marks_of(cache, labelled, types)
    used = [place for place, kind in enumerate(types) if kind.retired_at is None or marks[:, place].any()]
    judged = labelled.judged
    categories, category = numbers_of(labelled.about("category"))

    def rows(name: str, parts: Array, names: list[str]) -> list[Row]:
        shares = error_shares(marks[judged][:, used], parts[judged], len(names), labelled.queries[judged])
        return [
            {name: value, "cells": [cell.plain(interval=True) for cell in row]} for value, row in zip(names, shares, strict=True)
        ]

    return {
        "types": [{"key": types[place].key, "title": types[place].title} for place in used],
        "systems": rows("system", systems.number, systems.names),
        "categories": rows("category", category, categories),
    }


def marks_of(cache: ProjectCache, labelled: Labelled, types: list[ErrorType]) -> Array:
    """Tasks x types: how many marks the judgements have together."""
    place = {task: number for number, task in enumerate(labelled.tasks.tolist())}
    of_revision = {
        revision: place[task]
        for matrix in rating_matrices(cache.project, cache, Purpose.LABELS)
        for task, revisions in zip(matrix.tasks.tolist(), matrix.revisions.T.tolist(), strict=True)
        for revision in revisions
        if revision and task in place
    }
    column = {kind.pk: number for number, kind in enumerate(types)}
    marks = np.zeros((len(place), len(types)), dtype=np.int64)
    rows = ErrorMark.objects.filter(revision__annotation__task__project=cache.project).order_by()
    for revision, kind in rows.values_list("revision", "error_type"):
        if revision in of_revision:
            marks[of_revision[revision], column[kind]] += 1
    return marks
