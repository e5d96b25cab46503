"""The page of annotators: a row each, by groups of those who can be compared, and what stands behind the row that is open."""

from math import ceil

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from annotation.flow.agree.drilldown import ALIKE, ALL_CRITERIA, PACE
from annotation.flow.agree.paper import FEW_RESPONSES
from annotation.views.agreement import charts
from annotation.views.agreement.charts import Domain, Point, Trend
from annotation.views.agreement.drilldown_url import address
from annotation.views.agreement.labels import COLUMNS
from annotation.views.agreement.rows import Row, interval_of, reason, shown

FIGURES = (
    *("severity", "agreement", "spread", "halo", "halo_given_response", "infit", "outfit"),
    *("straight_lining", "pace", "attention"),
)
MOST_NOTES = 2


def groups_of(slug: str, rows: list[Row], rubric: str, opened: str) -> list[Row]:
    """The annotators of a rubric by group of those whom shared responses link, all on one axis of severity; last those who share
    none. `opened` is the rubric and the name of the annotator whose details are shown, with a slash between."""
    own = [row for row in rows if row["rubric"] == rubric]
    ends = [row["severity"][end] for row in own for end in ("value", "low", "high") if row["severity"].get(end) is not None]
    domain = charts.about_zero(ends)
    numbers = sorted({row["group"] for row in own}, key=lambda number: (number is None, number))
    return [group_of(slug, number, [row for row in own if row["group"] == number], domain, opened) for number in numbers]


def group_of(slug: str, number: int | None, rows: list[Row], domain: Domain, opened: str) -> Row:
    most = max(row["severity"]["n"] for row in rows)
    return {
        "number": number,
        "names": ", ".join(row["annotator"] for row in rows),
        "few": number is not None and most < FEW_RESPONSES,
        "rows": [annotator_row(slug, row, domain, opened) for row in rows],
    }


def annotator_row(slug: str, row: Row, domain: Domain, opened: str) -> Row:
    key = f"{row['rubric']}/{row['annotator']}"
    links = links_of(slug, row)
    return row | {
        "key": key,
        "links": links,
        "few": row["severity"]["n"] < FEW_RESPONSES,
        "severity_chart": interval_of(row["severity"], domain),
        "agreement_chart": interval_of(row["agreement"], charts.ALPHA),
        "figures": {name: shown(row[name]) for name in FIGURES},
        "levels_chart": charts.histogram(
            [(int(level), count, f"{links['beside']}&level={level}") for level, count in row["levels"].items()]
        ),
        "notes": notes_of(row)[:MOST_NOTES],
        "more_notes": max(len(notes_of(row)) - MOST_NOTES, 0),
        "details": details_of(slug, row) if key == opened else None,
    }


def links_of(slug: str, row: Row) -> dict[str, str]:
    """The responses behind the numbers of a row."""
    of = {"rubric": row["rubric"], "annotators": (row["annotator"],)}
    return {
        "judged": address(slug, **of),
        "beside": address(slug, **of, criterion=ALL_CRITERIA),
        "alike": address(slug, **of, habit=ALIKE),
        "pace": address(slug, **of, habit=PACE),
    }


def notes_of(row: Row) -> list[str]:
    """What lies beyond chance, in words: trends first, then biases by their size."""
    severity, agreement = (row["trends"][name] for name in ("severity", "agreement"))
    notes = []
    if severity["beyond_chance"]:
        notes.append(_("more lenient over time") if severity["slope"] > 0 else _("more severe over time"))
    if agreement["beyond_chance"]:
        notes.append(_("agreement rises") if agreement["slope"] > 0 else _("agreement falls"))
    biases = [bias for bias in row["bias"] if bias["beyond_chance"]]
    for bias in sorted(biases, key=lambda bias: -abs(bias["bias"]["value"])):
        words = _("lenient towards %(value)s") if bias["bias"]["value"] > 0 else _("severe towards %(value)s")
        notes.append(words % {"value": bias["value"] or "–"})
    return notes


def details_of(slug: str, row: Row) -> Row:
    of = {"rubric": row["rubric"], "annotators": (row["annotator"],), "criterion": ALL_CRITERIA}
    ends = [bias["bias"][end] for bias in row["bias"] for end in ("value", "low", "high") if bias["bias"].get(end) is not None]
    domain = charts.about_zero(ends)
    biases = [
        bias
        | {
            "column": COLUMNS[bias["by"]],
            "href": address(slug, **of, **{bias["by"]: bias["value"]}),
            "figure": shown(bias["bias"]),
            "chart": interval_of(bias["bias"], domain),
            "few": bias["bias"]["n"] < FEW_RESPONSES,
        }
        for bias in row["bias"]
    ]
    titles = {
        "severity": _("Severity by week"),
        "agreement": _("Agreement by week"),
        "spread": _("Spread by week"),
        "pace": _("Pace by week"),
    }
    return {
        "biases": biases,
        "charts": [(title, chart_of(slug, row, name), in_words(row["trends"].get(name))) for name, title in titles.items()],
    }


def in_words(trend: Row | None) -> str:
    """The change per week with its interval; empty where no test is made."""
    if trend is None:
        return ""
    if trend["slope"] is None:
        return _("No trend can be tested: fewer than three weeks have an interval.")
    figures = {name: floatformat(trend[name], 3) for name in ("slope", "low", "high")}
    if trend["beyond_chance"]:
        return _("Changes by %(slope)s a week (95 %% %(low)s to %(high)s), beyond chance.") % figures
    return _("Changes by %(slope)s a week (95 %% %(low)s to %(high)s), not beyond chance.") % figures


def chart_of(slug: str, row: Row, name: str) -> Trend:
    of = {"rubric": row["rubric"], "annotators": (row["annotator"],), "criterion": ALL_CRITERIA}
    points = [
        Point(
            week["week"],
            week[name]["value"],
            week[name].get("low"),
            week[name].get("high"),
            address(slug, **of, week=week["week"]),
            str(reason(week[name]) or ""),
        )
        for week in row["weeks"]
    ]
    values = [number for point in points for number in (point.value, point.low, point.high) if number is not None]
    if name == "severity":
        return charts.trend(points, domain=charts.about_zero(values))
    if name == "agreement":
        return charts.trend(points, domain=charts.ALPHA)
    return charts.trend(points, domain=(0, max(2, ceil(max(values, default=0)))), lines=(1.0,))
