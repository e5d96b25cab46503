"""An agreement report as a paper reads it: its rows, and what it does not hold itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.agreement.clusters import ENOUGH_TO_RESAMPLE

Row = Mapping[str, Any]
Found = Mapping[str, Any]  # a figure of a row: value, reason, and where intervals were asked for low, high, no_interval
FIGURES = ("alpha", "ac2", "ac1", "weighted_kappa", "icc_single", "icc_mean")


@dataclass(frozen=True)
class PaperContext:
    """`judgements` are all first ones in the study, `responses` those with two or more, and `queries` what these respond to;
    `loaded` says whether any were loaded from elsewhere, where nobody here saw how they were given; `resamples` is 0 where no
    intervals were asked for.

    `title`, `rubrics` and `criteria` have what people typed: the study's title, each rubric's by its name (SLUG@VERSION), and
    each criterion's and penalty's by rubric and key. `scale` has each rubric's lowest and highest score, `version` Sixpoint's.
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

    def named(self, row: Row) -> str:
        return "Overall" if row["kind"] == "overall" else self.criteria[row["rubric"], row["criterion"]]


def by_rubric(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rubrics and rows in the report's order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["rubric"], []).append(row)
    return found


def of_kind(rows: Sequence[Row], kind: str) -> list[Row]:
    return [row for row in rows if row["kind"] == kind]


def figures(row: Row) -> Iterator[Found]:
    yield from (row[name] for name in FIGURES if name in row)


def bounded(found: Found) -> bool:
    return found.get("low") is not None


def without_reasons(rows: Sequence[Row]) -> list[Row]:
    """The rows without why their figures have no interval."""
    found = ({name: {**row[name], "no_interval": None} for name in FIGURES if name in row} for row in rows)
    return [{**row, **told} for row, told in zip(rows, found, strict=True)]


def ways(rows: Sequence[Row]) -> set[str]:
    """How the intervals that the rows have were made: "resampled" with 100 queries or more, else "jackknife"."""
    with_intervals = [row for row in rows if any(map(bounded, figures(row)))]
    return {"resampled" if row["queries"] >= ENOUGH_TO_RESAMPLE else "jackknife" for row in with_intervals}
