"""Alpha over time on the agreement page: its chart, whether it has a trend, in words, and what is of no week."""

from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from annotation.views.agreement import charts
from annotation.views.agreement.charts import Point
from annotation.views.agreement.drilldown_url import address
from annotation.views.agreement.rows import Row, reason

CHANCE = 0.05  # a trend with a greater p is called none


def over_time(slug: str, report: Row, rubric: str, criterion: str) -> Row:
    """Of flow.agree.weeks: `chart`, `sentence` and `of_no_week`, the share of pairs in per cent, or None without pairs."""
    points = [
        Point(
            row["week"],
            row["alpha"]["value"],
            row["alpha"].get("low"),
            row["alpha"].get("high"),
            address(slug, rubric=rubric, criterion=criterion, week=row["week"]),
            str(reason(row["alpha"]) or ""),
        )
        for row in report["weeks"]
    ]
    pairs = report["pairs_of_weeks"]
    return {
        "chart": charts.trend(points, domain=charts.ALPHA, lines=charts.LIGHTS),
        "sentence": in_words(report["trend"]),
        "of_no_week": 100 * (pairs["pairs"] - pairs["within"]) / pairs["pairs"] if pairs["pairs"] else None,
    }


def in_words(trend: dict[str, Any]) -> str:
    """Whether alpha rises or falls, by how much a week, and how likely chance alone does as much."""
    if trend["slope"] is None:
        return _("No trend can be tested: fewer than three weeks have an interval.")
    slope, p = trend["slope"], trend["p"]
    figures = {
        "by": floatformat(abs(slope), 3),
        "change": f"{'-' if slope < 0 else '+'}{floatformat(abs(slope), 3)}",
        "low": floatformat(trend["low"], 3),
        "high": floatformat(trend["high"], 3),
        "p": _("p below 0.001") if p < 0.001 else _("p = %(p)s") % {"p": floatformat(p, 3)},
    }
    if p > CHANCE:
        return _("No trend beyond chance: alpha changes by %(change)s a week (95 %% %(low)s to %(high)s, %(p)s).") % figures
    if slope < 0:
        return _("Alpha falls by %(by)s a week (95 %% %(low)s to %(high)s, %(p)s).") % figures
    return _("Alpha rises by %(by)s a week (95 %% %(low)s to %(high)s, %(p)s).") % figures
