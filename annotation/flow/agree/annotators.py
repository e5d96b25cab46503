"""How each annotator judged, and each two of them: the part of the agreement report that is about people.

Only managers see it. Over all rated criteria of a rubric together, unless said otherwise.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from annotation.agreement import (
    Figure,
    Resamples,
    agreement_with_others,
    attention,
    confusions,
    drift,
    halos,
    kappas_of_tables,
    levels_given,
    offsets,
    paces,
    spreads,
    straight_lining,
)
from annotation.agreement.confusion import of_pairs
from annotation.agreement.reasons import ONE_RESPONSE
from annotation.flow.judgements import Array, ProjectCache, RatingMatrix
from annotation.models import Blocks, Project, Task

Rows = list[dict[str, Any]]
IMAGE = 500  # characters: what is read in the twenty seconds that a picture takes


def people(matrices: list[RatingMatrix], draws: Resamples | None, cache: ProjectCache) -> dict[str, Rows]:
    """Rows per rubric: of annotators, of pairs with their kappa, and how often two levels were given to one response."""

    def make() -> dict[str, Rows]:
        content = content_of(cache.project)
        return {
            "annotators": [row for matrix in matrices for row in annotators(matrix, content, draws)],
            "pairs": [row for matrix in matrices for row in pairs(matrix)],
            "confusions": [row for matrix in matrices for row in confusion_rows(matrix)],
        }

    rows: dict[str, Rows] = cache.get(("people", draws), make)[0]
    return rows


def content_of(project: Project) -> dict[int, int]:
    """Per task, how much there is to read and see: characters of query and response, a picture as so many. Of dropped queries
    too: one may have been dropped since the judgements were read."""
    rows = Task.objects.ever_in_study(project).values_list("pk", "response__query", "response__blocks")
    tasks = [(pk, query, amount(response)) for pk, query, response in rows.iterator()]
    # after the tasks: a load between the two then has queries that nobody asks for, never a lack of them
    of_query = {pk: amount(blocks) for pk, blocks in project.queries.values_list("pk", "blocks").iterator()}
    return {pk: of_query[query] + own for pk, query, own in tasks}


def amount(blocks: Blocks) -> int:
    return sum(len(block["text"] or "") + IMAGE * (block["image"] is not None) for block in blocks)


def annotators(matrix: RatingMatrix, content: dict[int, int], draws: Resamples | None) -> Iterator[dict[str, Any]]:
    """In the order of their names."""
    values = rated(matrix)
    ratings = side_by_side(values)
    clustered: Any = {} if draws is None else {"queries": np.tile(matrix.queries, len(values)), "draws": draws}
    amounts = np.array([content[task] for task in matrix.tasks.tolist()], dtype=float)
    many = with_others(values).sum(axis=1).tolist()
    figures = {
        "severity": of_responses(offsets(ratings, **clustered), many),
        "agreement": of_responses(agreement_with_others(ratings, scale=matrix.scale, **clustered), many, fewest=2),
        "spread": of_responses(spreads(ratings), many, fewest=2),
        "halo": halos(values),
        "straight_lining": straight_lining(values),
        "pace": paces(matrix.seconds),
        "attention": attention(matrix.seconds, amounts),
    }
    given = levels_given(ratings, matrix.scale)
    over_time = weekly(matrix, values)
    for row, name in enumerate(matrix.annotators):
        yield {
            "rubric": matrix.rubric.name,
            "annotator": name,
            "judgements": int(matrix.submitted[row].sum()),
            "seconds": median(matrix.seconds[row]),
            **{
                key: found[row].plain(interval=draws is not None and key in ("severity", "agreement"))
                for key, found in figures.items()
            },
            "levels": dict(zip(map(str, matrix.scale), given[row].tolist(), strict=True)),
            "weeks": over_time[row],
        }


def rated(matrix: RatingMatrix) -> Array:
    """Criteria x annotators x responses."""
    return np.array([matrix.values[criterion.key] for criterion in matrix.rated_criteria])


def side_by_side(values: Array) -> Array:
    """Annotators x (criteria times responses)."""
    criteria, people, responses = values.shape
    return values.swapaxes(0, 1).reshape(people, criteria * responses)


def with_others(values: Array) -> Array:
    """Annotators x responses: whether the annotator and another gave ratings of one criterion."""
    given = ~np.isnan(values)
    return np.asarray((given & (given.sum(axis=1, keepdims=True) > 1)).any(axis=0))


def of_responses(figures: Iterable[Figure], many: Iterable[int], *, fewest: int = 1) -> list[Figure]:
    """Criteria that stand side by side count a response once for each of them: here it is said how many responses they are of."""
    return [
        Figure(None, number, ONE_RESPONSE) if found.value is not None and number < fewest else replace(found, n=number)
        for found, number in zip(figures, many, strict=True)
    ]


def median(seconds: Array) -> float | None:
    """Of the times that are known."""
    known = seconds[seconds > 0]
    return float(np.median(known)) if len(known) else None


def weekly(matrix: RatingMatrix, values: Array) -> list[Rows]:
    """Per annotator, the weeks in which they judged, with their severity in it."""
    names, places = np.unique(matrix.own_weeks, return_inverse=True)
    none = int("" in names)  # which comes first
    names, places = names[none:].tolist(), places.reshape(matrix.days.shape) - none
    figures = drift(side_by_side(values), np.tile(places, len(values)), len(names))
    shared = [
        [int((row[mask] == place).sum()) for place in range(len(names))]
        for row, mask in zip(places, with_others(values), strict=True)
    ]
    return [
        [
            {"week": name, "judgements": int((row == place).sum()), "severity": figure.plain(interval=False)}
            for place, (name, figure) in enumerate(zip(names, of_responses(own, many), strict=True))
            if (row == place).any()
        ]
        for own, row, many in zip(figures, places, shared, strict=True)
    ]


def pairs(matrix: RatingMatrix) -> Iterator[dict[str, Any]]:
    """Each two annotators once, over all rated criteria (criterion is None) and on each."""
    given = ~np.isnan(rated(matrix))
    both = list(combinations(range(len(matrix.annotators)), 2))
    many = [int((given[:, one] & given[:, other]).any(axis=0).sum()) for one, other in both]
    for key, tables in tables_of(matrix):
        found = kappas_of_tables(tables, scale=matrix.scale)
        figures = [figure for one, row in enumerate(found) for figure in row[one + 1 :] if figure is not None]
        if key is None:
            figures = of_responses(figures, many, fewest=2)
        for (one, other), figure in zip(both, figures, strict=True):
            yield {
                "rubric": matrix.rubric.name,
                "criterion": key,
                "annotators": [matrix.annotators[one], matrix.annotators[other]],
                "weighted_kappa": figure.plain(interval=False),
            }


def confusion_rows(matrix: RatingMatrix) -> Iterator[dict[str, Any]]:
    """Levels x levels, each pair of ratings from both sides, over all rated criteria and on each."""
    for key, tables in tables_of(matrix):
        yield {
            "rubric": matrix.rubric.name,
            "criterion": key,
            "levels": list(matrix.scale),
            "counts": of_pairs(tables).tolist(),
        }


def tables_of(matrix: RatingMatrix) -> list[tuple[str | None, Array]]:
    keys = [criterion.key for criterion in matrix.rated_criteria]
    tables = [confusions(matrix.values[key], matrix.scale) for key in keys]
    return [(None, np.sum(tables, axis=0)), *zip(keys, tables, strict=True)]
