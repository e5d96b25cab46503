"""The figures of labels as rows of tables, and the D-study of the chosen criterion as two charts."""

from math import ceil
from typing import Any, NamedTuple

from annotation.flow.agree.drilldown import OVERALL
from annotation.views.agreement import charts
from annotation.views.agreement.charts import Point, Trend
from annotation.views.agreement.drilldown_url import address
from annotation.views.agreement.rows import Row, reason

PARTS = ("response", "annotator", "residual")


class DStudy(NamedTuple):
    """`here` is the place of the project's own number of ratings along both charts, in per cent; None beyond their ends."""

    k: float
    reliability: Trend
    sem: Trend
    here: float | None


def label_rows(slug: str, table: Row, labels: list[Row]) -> list[Row]:
    """Of one table of the report, a row per rated criterion and the overall. `labels` counts the adjudicated ones per rubric."""
    counts: Row = next((row for row in labels if row["rubric"] == table["rubric"].name), {"criteria": {}})
    return [label_row(slug, row, counts) for row in table["rows"] if "label" in row]


def label_row(slug: str, row: Row, counts: Row) -> Row:
    label = row["label"]
    of = counts if row["criterion"] == OVERALL else counts["criteria"].get(row["criterion"], {})
    return row | {
        "reliability": with_reasons(label["reliability"]),
        "sem": with_reasons(label["sem"]),
        "parts": [in_percent(label["shares"][name]) for name in PARTS],
        "bar": stacked([label["shares"][name]["value"] for name in PARTS]),
        "consistency": in_percent(label["decision_consistency"]),
        "accuracy": in_percent(label["decision_accuracy"]),
        "adjudicated": None if of.get("share") is None else 100 * of["share"],
        "adjudicated_href": address(slug, rubric=row["rubric"], label="adjudicated"),
    }


def with_reasons(figure: Row) -> Row:
    """With the reasons why there is no value or interval, in the reader's language."""
    two_way = figure.get("two_way") or {}
    return figure | {"why": reason(figure), "why_two_way": reason({"reason": None, **two_way})}


def in_percent(figure: Row) -> Row:
    scaled = {name: times_100(figure.get(name)) for name in ("value", "low", "high")}
    two_way = figure.get("two_way") or {}
    ends = {name: times_100(two_way.get(name)) for name in ("low", "high")}
    return with_reasons(figure | scaled | {"two_way": two_way | ends})


def times_100(share: float | None) -> float | None:
    return None if share is None else 100 * share


def stacked(shares: list[float | None]) -> list[tuple[str, float, float]]:
    """Of each part its name, where it begins and how wide it is, in per cent; nothing where there are no shares."""
    bars, start = [], 0.0
    for name, share in zip(PARTS, shares, strict=True):
        if share is None:
            return []
        bars.append((name, round(start, 2), round(100 * share, 2)))
        start += 100 * share
    return bars


def d_study(rows: list[Row], rubric: str, criterion: str | None) -> DStudy | None:
    """Of the chosen criterion, or the overall where none is; None where there are no figures."""
    key = OVERALL if criterion is None else criterion
    label = next((row["label"] for row in rows if (row["rubric"], row["criterion"]) == (rubric, key) and "label" in row), None)
    if label is None or label["k"] is None:
        return None
    steps = label["d_study"]
    sems = points(steps, "sem")
    most = max((number for point in sems for number in (point.value, point.high) if number is not None), default=0.0)
    return DStudy(
        label["k"],
        charts.trend(points(steps, "reliability"), domain=(0.0, 1.0), lines=(0.5,)),
        charts.trend(sems, domain=(0.0, max(ceil(2 * most) / 2, 0.5))),
        charts.place(label["k"], (0.5, len(steps) + 0.5)) if label["k"] < len(steps) + 0.5 else None,
    )


def points(steps: list[Row], name: str) -> list[Point]:
    """With the intervals for annotators of this kind where there are some."""
    figures = [(str(step["annotators"]), step[name]) for step in steps]
    return [Point(label, figure["value"], *ends(figure), "", str(reason(figure) or "")) for label, figure in figures]


def ends(figure: Row) -> tuple[float | None, float | None]:
    two_way = figure.get("two_way") or {}
    of: Any = figure if two_way.get("low") is None else two_way
    return of.get("low"), of.get("high")
