"""What stands behind the row of an annotator: their weeks, with the test of a trend, and their bias by system and by field."""

from typing import Any

import numpy as np

from annotation.agreement import (
    Figure,
    LeastSquares,
    Resamples,
    agreements_over_time,
    benjamini_hochberg,
    biases,
    drift,
    paces_over_time,
    spreads_over_time,
    trend,
)
from annotation.agreement.annotators.bias import FALSE_DISCOVERIES
from annotation.agreement.annotators.estimates import Estimate
from annotation.agreement.reasons import FEW_TIMES, NO_OVERLAP
from annotation.flow.judgements import Array, RatingMatrix
from annotation.flow.judgements.matrix import iso_week, week_number

Row = dict[str, Any]
BIAS_BY = ("system", "field")
APART, NO_PACE = Estimate(Figure(None, 0, NO_OVERLAP)), Figure(None, 0, FEW_TIMES)
TRENDS = ("severity", "agreement")


def weekly(matrix: RatingMatrix, fit: LeastSquares, resamples: Resamples | None) -> list[Row]:
    """Per annotator, the `weeks` in which they judged with their figures in each, and the `trends` of these."""
    names, places = weeks_of(matrix.days)
    severities, agreements = drift(fit, places, len(names)), agreements_over_time(fit, places, len(names), matrix.scale)
    spreads, paces = spreads_over_time(fit, places, len(names)), paces_over_time(matrix.seconds, places, len(names))
    interval = resamples is not None
    rows: list[Row] = []
    for number, own in enumerate(places):
        judgements = np.bincount(own[own >= 0], minlength=len(names)).tolist()
        weeks = [
            {
                "week": name,
                "judgements": judgements[place],
                "severity": severities[number][place].plain(interval=interval),
                "agreement": (agreements[number][place] or APART).plain(interval=interval),
                "spread": (spreads[number][place] or APART.figure).plain(interval=False),
                "pace": (paces[number][place] or NO_PACE).plain(interval=False),
            }
            for place, name in enumerate(names)
            if judgements[place]
        ]
        rows.append({"weeks": weeks, "trends": trends_of(weeks)})
    for figure in TRENDS:
        adjust([row["trends"][figure] for row in rows])
    return rows


def weeks_of(days: Array) -> tuple[list[str], Array]:
    """The names of the weeks that occur, and of each judgement the place of its week among them; -1 for none.

    `days` are ordinals, 0 for none. There are millions where many annotators share a study, and few distinct ones.
    """
    judged = days > 0
    distinct = np.flatnonzero(np.bincount(days[judged].astype(np.int64)))
    names, of_day = np.unique([iso_week(day) for day in distinct.tolist()], return_inverse=True)
    place = np.full(int(days.max(initial=0)) + 1, -1)
    place[distinct] = of_day
    return names.tolist(), place[days]


def trends_of(weeks: list[Row]) -> Row:
    """The change per week of each figure that has a standard error, with its test."""
    numbers = [week_number(week["week"]) for week in weeks]
    return {
        name: trend(
            numbers,
            [week[name]["value"] for week in weeks],
            [week[name].get("se") for week in weeks],
        ).plain()
        for name in TRENDS
    }


def adjust(tests: list[Row]) -> None:
    """Adds to each test its p adjusted for the number of annotators, and whether the figure changes beyond chance."""
    tested = [test for test in tests if test["p"] is not None]
    adjusted = benjamini_hochberg(np.array([test["p"] for test in tested])).tolist()
    for test in tests:
        test |= {"p_adjusted": None, "beyond_chance": False}
    for test, p in zip(tested, adjusted, strict=True):
        test |= {"p_adjusted": p, "beyond_chance": p <= FALSE_DISCOVERIES}


def bias_rows(matrix: RatingMatrix, fit: LeastSquares, resamples: Resamples | None) -> list[list[Row]]:
    """Per annotator a row for each system, then each field, of which they share a response. One alone has no row."""
    rows: list[list[Row]] = [[] for _annotator in matrix.annotators]
    for by in BIAS_BY:
        values, kinds = np.unique(matrix.about[by], return_inverse=True)
        for own, of_annotator in zip(rows, biases(fit, kinds, len(values)), strict=True):
            own += [
                {
                    "by": by,
                    "value": str(value),
                    "bias": bias.estimate.plain(interval=resamples is not None),
                    "p": bias.p,
                    "p_adjusted": bias.adjusted,
                    "beyond_chance": bias.beyond_chance,
                }
                for value, bias in zip(values, of_annotator, strict=True)
                if bias is not None
            ]
    return rows
