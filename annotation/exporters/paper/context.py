"""The context of a paper: the facts about the study that a report's rows lack, and what is read off the rows together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.agreement.clusters import ENOUGH_TO_RESAMPLE

Row = Mapping[str, Any]  # of a report's group: a criterion, the overall or a penalty
PlainFigure = Mapping[str, Any]  # of a row: value, reason, and where intervals were asked for low, high, no_interval
FIGURES = ("alpha", "ac2", "ac1", "ordinal_kappa", "icc_single", "icc_mean")


@dataclass(frozen=True)
class PaperContext:
    """`judgements` counts all first judgements of the study, `responses` the responses with two or more, `queries` their queries.

    `loaded` is True where any judgement was loaded from a file, so that nobody here saw how it was made; `resamples` is 0 where
    no intervals were asked for. `title`, `rubrics` and `criteria` have what people typed: the study's title, each rubric's title
    by its name (SLUG@VERSION), and the title of each criterion and penalty by rubric and key. `scale` has each rubric's lowest
    and highest score, `version` is Sixpoint's.
    """

    title: str
    rubrics: Mapping[str, str]
    criteria: Mapping[tuple[str, str], str]
    scale: Mapping[str, tuple[int, int]]
    responses: int
    queries: int
    annotators: int
    judgements: int
    loaded: bool
    resamples: int
    seed: int
    version: str

    def row_title(self, row: Row) -> str:
        return "Overall" if row["kind"] == "overall" else self.criteria[row["rubric"], row["criterion"]]


def rows_by_rubric(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rubrics and rows in the report's order."""
    by_rubric: dict[str, list[Row]] = {}
    for row in rows:
        by_rubric.setdefault(row["rubric"], []).append(row)
    return by_rubric


def rows_of_kind(rows: Sequence[Row], kind: str) -> list[Row]:
    """`kind` is rated, overall or penalty."""
    return [row for row in rows if row["kind"] == kind]


def figures(row: Row) -> Iterator[PlainFigure]:
    yield from (row[name] for name in FIGURES if name in row)


def has_interval(figure: PlainFigure) -> bool:
    return figure.get("low") is not None


def without_interval_reasons(rows: Sequence[Row]) -> list[Row]:
    """The rows without the reasons why their figures have no interval."""
    stripped = ({name: {**row[name], "no_interval": None} for name in FIGURES if name in row} for row in rows)
    return [{**row, **figures_only} for row, figures_only in zip(rows, stripped, strict=True)]


def interval_methods(rows: Sequence[Row]) -> set[str]:
    """How the intervals of the rows were computed: "resampled" with 100 queries or more, else "jackknife"."""
    with_intervals = [row for row in rows if any(map(has_interval, figures(row)))]
    return {"resampled" if row["queries"] >= ENOUGH_TO_RESAMPLE else "jackknife" for row in with_intervals}
