"""A scorer report as the rows of tables."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation.views.agreement.charts import about_zero, interval
from annotation.views.agreement.labels import REASONS
from annotation.views.scorers.words import BASELINES, COUNTS, FEATURES, MEASURES, TITLES

HEADLINES = ("pearson", "mse", "mae", "cosine", "bias")  # of a list: MMIE's four, and which way
SIGNED = ("bias", "standardised_difference")
SLOPES = {
    "length": (
        gettext_lazy("The error changes by %(points)s points with each 1,000 characters."),
        gettext_lazy("The bias changes by %(points)s points with each 1,000 characters."),
    ),
    "images": (
        gettext_lazy("The error changes by %(points)s points with each image."),
        gettext_lazy("The bias changes by %(points)s points with each image."),
    ),
}
Report = dict[str, Any]


def shown(figure: Report | None) -> Report:
    """As the template of a figure reads it; one that is not in the report is undefined without a reason."""
    if figure is None:
        return {"value": None, "why": ""}
    reason = figure.get("reason") or figure.get("no_interval") or ""
    return figure | {"why": REASONS.get(reason, reason)}


def without_interval(cells: Iterable[Report]) -> list[Any]:
    """Why figures with a value have no interval, each reason once."""
    reasons = [cell["why"] for cell in cells if cell["value"] is not None and cell.get("no_interval")]
    return list(dict.fromkeys(reasons))


def cells_of(rows: Iterable[Report]) -> Iterator[Report]:
    return (cell for row in rows for cell in row["cells"])


def measure_columns(report: Report) -> list[tuple[Any, Report]]:
    """The scorer first, then what it is held against; what would repeat the scorer's own column is left out."""
    columns = [(_("this scorer"), report["overall"]), *((BASELINES[name], of) for name, of in report["baselines"].items())]
    columns.append((_("guess by length and images"), report["floor"]))
    if report["scored"] < report["labels"]:
        columns.append((_("missing ones at the worst error"), report["overall_worst"]))
    if report["unresolved"]:
        columns.append((_("with unresolved responses"), report["unresolved"]["overall"]))
    return columns


def measure_rows(columns: list[tuple[Any, Report]]) -> list[Report]:
    return [
        {"name": name, "help": told, "signed": key in SIGNED, "cells": [shown(figures.get(key)) for _title, figures in columns]}
        for key, (name, told) in MEASURES.items()
    ]


def headline_cells(figures: Report) -> list[Report]:
    return [shown(figures.get(key)) | {"signed": key in SIGNED} for key in HEADLINES]


def headline_names() -> list[tuple[Any, Any]]:
    return [MEASURES[key] for key in HEADLINES]


def counts(report: Report) -> list[tuple[Any, int]]:
    """What is not as it should be."""
    return [(name, report[key]) for key, name in COUNTS.items() if report[key]]


def subgroup_tables(report: Report) -> list[Report]:
    """One per feature that varies: its kinds with bias, error and place among the others; the axis is the same in all."""
    biases = [
        number
        for part in report["subgroups"].values()
        for kind in part["kinds"]
        for number in (kind["bias"]["value"], kind["bias"]["low"], kind["bias"]["high"])
        if number is not None
    ]
    domain = about_zero(min(max(number, -3), 3) for number in biases)
    return [
        {
            "key": key,
            "name": FEATURES[key],
            "explained": explained(part["explained"]["error"]),
            "slopes": slopes(key, part.get("slope")),
            "rows": [kind_row(kind, domain) for kind in part["kinds"]],
        }
        for key, part in report["subgroups"].items()
        if len(part["kinds"]) > 1
    ]


def kind_row(kind: Report, domain: tuple[float, float]) -> Report:
    bias = kind["bias"]
    return {
        "name": kind["value"] if "value" in kind else band(kind["from"], kind["to"]),
        "n": kind["n"],
        "bias": shown(bias),
        "chart": interval(bias["value"], bias["low"], bias["high"], domain=domain),
        "mae": shown(kind["mae"]),
        "standardised": shown(kind["standardised"]),
        "biased": kind["bias_difference"]["beyond_chance"],
        "inexact": kind["mae_difference"]["beyond_chance"],
    }


def explained(share: Report) -> str:
    """What a feature explains of the variance of the error, in words: by chance alone it may be much."""
    if share["low"] is None:
        return _("how much of the error it explains cannot be said: %(reason)s") % {"reason": shown(share)["why"]}
    if not share["beyond_chance"]:
        return _("what it explains of the error may be chance")
    percent = {end: f"{100 * share[end]:.0f}" for end in ("value", "low", "high")}
    return _("explains %(value)s %% of the variance of the error (%(low)s to %(high)s %%)") % percent


def band(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} – {high:,}"


def slopes(key: str, slope: Report | None) -> list[str]:
    """What grows with each unit, in words: beyond chance alone."""
    if slope is None:
        return []
    scale = 1000 if key == "length" else 1
    told = []
    for part, words in (("mae", SLOPES[key][0]), ("bias", SLOPES[key][1])):
        if slope[part]["beyond_chance"]:
            told.append(words % {"points": f"{scale * slope[part]['value']:+.2f}"})
    return told


def group_rows(report: Report) -> list[Report]:
    """MMIE's four and the bias by category and system, under the correlation within and between them."""
    tables = []
    for key in ("system", "category"):
        rows = [
            {"name": row["by"][key], "scored": row["scored"], "cells": headline_cells(row["overall"])}
            for row in report["groups"]
            if key in row["by"]
        ]
        if len(rows) > 1:
            sides = report["pearson_by"][key]
            tables.append(
                {
                    "key": key,
                    "name": FEATURES[key],
                    "title": TITLES[key],
                    "rows": rows,
                    "without": without_interval(cells_of(rows)),
                    "within": shown(sides["within"]),
                    "between": shown(sides["between"]),
                }
            )
    return tables


def people_rows(people: Report) -> Iterator[Report]:
    """The mean over annotators first, then each annotator."""
    mean = people["against_others"]["mean"]
    yield {"name": _("mean over annotators"), "cells": with_others(mean), "contest": None}
    contests = {contest["annotator"]: contest for contest in people["alternative_test"]["annotators"]}
    for row in people["against_others"]["annotators"]:
        yield {"name": row["annotator"], "cells": with_others(row), "contest": contests.get(row["annotator"])}


def with_others(row: Report) -> list[Report]:
    keys = ("r", "r_scorer", "r_difference", "rmse", "rmse_scorer", "rmse_difference")
    return [shown(row[key]) | {"signed": key.endswith("difference")} for key in keys]


def criterion_rows(report: Report, titles: dict[tuple[str, str], str]) -> list[Report]:
    return [
        {
            "name": titles.get((row["rubric"], row["criterion"]), row["criterion"]),
            "scored": row["scored"],
            "cells": headline_cells(row["overall"]),
        }
        for row in report["criteria"]
    ]


def consistency_figures(report: Report) -> list[tuple[Any, Report]]:
    if not report["consistency"]:
        return []
    names = {
        "icc": _("reliability of one run (ICC)"),
        "spread": _("spread of a response's scores, in points"),
        "identical": _("share of responses scored alike in all runs"),
        "pearson": _("correlation of two runs"),
    }
    return [(name, shown(report["consistency"][key])) for key, name in names.items()]
