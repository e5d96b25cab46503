"""How often experts marked which type of error, by system, by category, or by both."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.clusters import Floats, Queries
from annotation.agreement.estimates.samples import Numbers, clustered
from annotation.agreement.figures import Figure
from annotation.agreement.intervals import Resamples, figure, of_sums
from annotation.agreement.reasons import NO_MARKS, NO_VALUES
from annotation.agreement.transforms import SHARE


@dataclass(frozen=True)
class ErrorShare:
    """Of one type of error: its `marks`, the share `of_responses` that have one or more, and its share `of_marks`, the marks of
    all types. The n of both figures counts responses: all of them, and those with a mark of any type."""

    marks: int
    of_responses: Figure
    of_marks: Figure

    def plain(self, *, interval: bool) -> dict[str, object]:
        """As reports have it in JSON."""
        return {
            "marks": self.marks,
            "of_responses": self.of_responses.plain(interval=interval),
            "of_marks": self.of_marks.plain(interval=interval),
        }


def error_shares(
    marks: NDArray[np.int64], parts: Numbers, count: int, queries: Queries, *, resamples: Resamples | None = None
) -> tuple[tuple[ErrorShare, ...], ...]:
    """Parts x types. `marks` is responses x types: how often a type of error was marked in a response, 0 for not at all, with a
    row for every response that somebody has judged.

    `parts` has the number of each response's part (its system, say), from 0, of `count`; `queries` a whole number per response.
    Without `resamples` each interval is the jackknife's. Where no response or every one has a mark of the type there is none.
    """
    return tuple(shares(marks[parts == part], queries[parts == part], resamples) for part in range(count))


def shares(marks: NDArray[np.int64], queries: Queries, resamples: Resamples | None) -> tuple[ErrorShare, ...]:
    totals = marks.sum(axis=0)
    if not len(marks):
        nothing = Figure(None, 0, NO_VALUES)
        return tuple(ErrorShare(0, nothing, nothing) for _type in totals)
    data = clustered(queries)
    of_all = marks.sum(axis=1).astype(float)
    ones = np.ones(len(marks))

    def share(numerator: Floats, denominator: Floats, n: int, *, undefined: str) -> Figure:
        statistic = of_sums(data.sums([numerator, denominator]), ratio)
        return figure(statistic, data, n, resamples=resamples, transform=SHARE, undefined=undefined)

    marked = int((of_all > 0).sum())
    return tuple(
        ErrorShare(
            int(total),
            share((of_type > 0).astype(float), ones, len(marks), undefined=NO_VALUES),
            share(of_type.astype(float), of_all, marked, undefined=NO_MARKS),
        )
        for total, of_type in zip(totals, marks.T, strict=True)
    )


def ratio(sums: Floats) -> Floats:
    numerator, denominator = sums.T
    return np.where(denominator > 0, numerator / np.where(denominator > 0, denominator, 1), np.nan)
