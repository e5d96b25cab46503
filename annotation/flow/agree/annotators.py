"""The part of the agreement report about people: how each annotator judged, and how far each two of them agree.

Only managers see it. Figures are over all rated criteria of a rubric together, where nothing else is stated.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from annotation.agreement import (
    Figure,
    LeastSquares,
    Resamples,
    agreement_with_others,
    agreements_over_time,
    attention,
    confusions,
    halos,
    halos_given_response,
    infits,
    kappas_of_pairs,
    kappas_of_tables,
    least_squares,
    level_counts,
    outfits,
    paces,
    severities,
    spreads,
    spreads_over_time,
    straight_lining,
)
from annotation.agreement.clusters import MANY_ANNOTATORS
from annotation.agreement.confusion import sum_over_pairs
from annotation.agreement.reasons import ONE_RESPONSE
from annotation.flow.agree.annotator_details import bias_rows, weekly
from annotation.flow.judgements import Array, ProjectCache, RatingMatrix
from annotation.models import Project, Task
from annotation.sql.blocks import Characters, Images
from annotation.sql.rows import raw_rows

Rows = list[dict[str, Any]]
Tables = list[tuple[str | None, Array]]
WITH_INTERVALS = ("agreement", "halo", "halo_given_response", "infit", "outfit")
PAIRS_WITH_INTERVALS = 66  # of twelve annotators; each takes as long as a figure of the whole project
CHARACTERS_PER_IMAGE = 500  # as many as are read in the twenty seconds that an image takes


def people(matrices: list[RatingMatrix], resamples: Resamples | None, cache: ProjectCache) -> dict[str, Rows]:
    """Rows per rubric: a row per annotator, per pair of annotators with its kappa, and per table of confusions."""

    def make() -> dict[str, Rows]:
        content = content_of(cache.project)
        tables = [(matrix, tables_of(matrix)) for matrix in matrices]
        return {
            "annotators": [row for matrix in matrices for row in annotators(matrix, content, resamples)],
            "pairs": [row for matrix, of_matrix in tables for row in pairs(matrix, of_matrix, resamples)],
            "confusions": [row for matrix, of_matrix in tables for row in confusion_rows(matrix, of_matrix)],
        }

    rows: dict[str, Rows] = cache.get(("people", resamples), make)[0]
    return rows


def content_of(project: Project) -> dict[int, int]:
    """Per task, how much there is to read: the characters of query and response, with CHARACTERS_PER_IMAGE for each image.

    Tasks of dropped queries are among them: a query may have been dropped since the judgements were read.
    """
    blocks = "response__blocks"
    rows = Task.objects.ever_in_study(project).order_by().values_list("pk", "response__query", Characters(blocks), Images(blocks))
    tasks = [(pk, query, amount(*of_response)) for pk, query, *of_response in raw_rows(rows)]
    # after the tasks: a load between the two then has queries that nobody asks for, never a lack of them
    queries = project.queries.order_by().values_list("pk", Characters("blocks"), Images("blocks"))
    of_query = {pk: amount(*of_blocks) for pk, *of_blocks in raw_rows(queries)}
    return {pk: of_query[query] + of_response for pk, query, of_response in tasks}


def amount(characters: int, images: int) -> int:
    return characters + CHARACTERS_PER_IMAGE * images


def annotators(matrix: RatingMatrix, content: dict[int, int], resamples: Resamples | None) -> Iterator[dict[str, Any]]:
    """A row per annotator, in the order of their names."""
    values = rated(matrix)
    ratings = side_by_side(values)
    clusters: Any = {} if resamples is None else {"queries": np.tile(matrix.queries, len(values)), "resamples": resamples}
    amounts = np.array([content[task] for task in matrix.tasks.tolist()], dtype=float)
    responses = with_others(values).sum(axis=1).tolist()
    fit = least_squares(values, matrix.queries)
    severity, weeks, bias = severities(fit), weekly(matrix, fit, resamples), bias_rows(matrix, fit, resamples)
    figures = {
        **against_others(matrix, fit, ratings, responses, clusters),
        "halo": halos(values, matrix.queries),
        "halo_given_response": halos_given_response(fit),
        "infit": infits(fit),
        "outfit": outfits(fit),
        "straight_lining": straight_lining(values),
        "pace": paces(matrix.seconds),
        "attention": attention(matrix.seconds, amounts),
    }
    levels = level_counts(ratings, matrix.scale)
    for row, name in enumerate(matrix.annotators):
        yield {
            "rubric": matrix.rubric.name,
            "annotator": name,
            "judgements": int(matrix.submitted[row].sum()),
            "seconds": median(matrix.seconds[row]),
            "group": int(fit.group[row]) + 1 or None,
            "severity": severity[row].plain(interval=resamples is not None),
            **{
                key: of_annotators[row].plain(interval=resamples is not None and key in WITH_INTERVALS)
                for key, of_annotators in figures.items()
            },
            "levels": dict(zip(map(str, matrix.scale), levels[row].tolist(), strict=True)),
            **weeks[row],
            "bias": bias[row],
        }


def against_others(
    matrix: RatingMatrix, fit: LeastSquares, ratings: Array, responses: list[int], clusters: dict[str, Any]
) -> dict[str, list[Figure]]:
    """Agreement and spread. Of many annotators both come from sums over the ratings that there are, not from a table of all
    annotators by all responses: the values are the same, and the intervals of agreement are the sandwich's."""
    if len(matrix.annotators) <= MANY_ANNOTATORS:
        agreements = agreement_with_others(ratings, **clusters, **on_criteria(matrix, queries=False))
        return {
            "agreement": of_responses(agreements, responses),
            "spread": of_responses(spreads(ratings), responses, fewest=2),
        }
    whole, why = np.where(fit.rated, 0, -1), fit.why_not_comparable()
    estimates = agreements_over_time(fit, whole, 1, matrix.scale)
    return {
        "agreement": [each.figure if each else Figure(None, 0, reason) for reason, [each] in zip(why, estimates, strict=True)],
        "spread": [each or Figure(None, 0, reason) for reason, [each] in zip(why, spreads_over_time(fit, whole, 1), strict=True)],
    }


def rated(matrix: RatingMatrix) -> Array:
    """Criteria x annotators x responses."""
    return np.array([matrix.values[criterion.key] for criterion in matrix.rated_criteria])


def side_by_side(values: Array) -> Array:
    """Annotators x (criteria times responses)."""
    criteria, annotators, responses = values.shape
    return values.swapaxes(0, 1).reshape(annotators, criteria * responses)


def with_others(values: Array) -> Array:
    """Annotators x responses: whether the annotator and another rated the response on one and the same criterion."""
    is_rated = ~np.isnan(values)
    return np.asarray((is_rated & (is_rated.sum(axis=1, keepdims=True) > 1)).any(axis=0))


def of_responses(figures: Iterable[Figure], responses: Iterable[int], *, fewest: int = 1) -> list[Figure]:
    """The figures with the numbers of responses as their n: of criteria side by side, n counts a response once per criterion.

    A figure that rests on fewer than `fewest` responses is undefined.
    """
    return [
        Figure(None, number, ONE_RESPONSE) if figure.value is not None and number < fewest else replace(figure, n=number)
        for figure, number in zip(figures, responses, strict=True)
    ]


def median(seconds: Array) -> float | None:
    """Without the times that are not known: 0 or NaN."""
    times = seconds[seconds > 0]
    return float(np.median(times)) if len(times) else None


def on_criteria(matrix: RatingMatrix, queries: bool) -> dict[str, Any]:
    """What a figure over all criteria takes besides the ratings side by side: each column's criterion, and its query."""
    number = len(matrix.rated_criteria)
    columns = {"scale": matrix.scale, "criteria": np.repeat(np.arange(number), len(matrix.tasks))}
    return columns | ({"queries": np.tile(matrix.queries, number)} if queries else {})


def pairs(matrix: RatingMatrix, tables: Tables, resamples: Resamples | None) -> Iterator[dict[str, Any]]:
    """Each two annotators once, over all rated criteria (criterion is None), with chance taken within each, and on each."""
    values = rated(matrix)
    is_rated = ~np.isnan(values)
    couples = list(combinations(range(len(matrix.annotators)), 2))
    responses = [int((is_rated[:, first] & is_rated[:, second]).any(axis=0).sum()) for first, second in couples]
    with_intervals = resamples is not None and len(couples) <= PAIRS_WITH_INTERVALS
    for key, of_key in tables:
        if key is None and with_intervals:
            figures = list(kappas_of_pairs(side_by_side(values), **on_criteria(matrix, queries=True)))
        else:
            kappas = kappas_of_tables(of_key, scale=matrix.scale)
            figures = [figure for first, row in enumerate(kappas) for figure in row[first + 1 :] if figure is not None]
        if key is None:
            figures = of_responses(figures, responses)
        for (first, second), figure in zip(couples, figures, strict=True):
            yield {
                "rubric": matrix.rubric.name,
                "criterion": key,
                "annotators": [matrix.annotators[first], matrix.annotators[second]],
                "weighted_kappa": figure.plain(interval=key is None and with_intervals),
            }


def confusion_rows(matrix: RatingMatrix, tables: Tables) -> Iterator[dict[str, Any]]:
    """Counts of levels x levels, each pair of ratings from both sides, over all rated criteria and on each."""
    for key, of_key in tables:
        yield {
            "rubric": matrix.rubric.name,
            "criterion": key,
            "levels": list(matrix.scale),
            "counts": sum_over_pairs(of_key.sum(axis=0) if key is None else of_key).tolist(),
        }


def tables_of(matrix: RatingMatrix) -> Tables:
    """The confusions of each two annotators: of all rated criteria, stacked (None), then of each."""
    keys = [criterion.key for criterion in matrix.rated_criteria]
    tables = [confusions(matrix.values[key], matrix.scale) for key in keys]
    return [(None, np.array(tables)), *zip(keys, tables, strict=True)]
