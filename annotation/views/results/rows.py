"""The results as rows of tables: with intervals drawn, shades, and the address of the responses behind each figure."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from annotation.flow.agree.drilldown import LABELLED
from annotation.flow.results.report import FEW
from annotation.flow.results.tables import PERCENT, neighbours
from annotation.views.agreement import charts
from annotation.views.agreement.drilldown_url import address
from annotation.views.agreement.labels import COLUMNS, REASONS
from annotation.views.results import words

Row = dict[str, Any]
MOST_DIFFERENCES = 28  # of eight systems; of more, those of neighbours


class Links(NamedTuple):
    """Addresses of responses: of now, or of the labels of a release, whose list has fewer filters."""

    slug: str
    release: int | None

    def responses(self, **chosen: str | None) -> str:
        if self.release is None:
            return address(self.slug, label=LABELLED, **chosen)
        known = {name: value for name, value in chosen.items() if name in ("system", "category", "field")}
        return f"{reverse('release-labels', args=[self.slug, self.release])}?{urlencode(known)}"


def figure(row: Row, href: str, *, shaded: bool = False) -> Row:
    """Only what has an interval is shaded: of fewer responses a dark cell would say more than is known."""
    why = row["reason"] or row.get("no_interval")
    value = row["value"]
    told = str(REASONS.get(why, why)) if why else ""
    return row | {
        "href": href,
        "why": told,
        "tip": ", ".join(filter(None, (f"n {row['n']}", told))),
        "few": row["n"] < FEW,
        "shade": charts.shade(value / 100) if shaded and row["low"] is not None else None,
    }


def interval_of(row: Row, domain: charts.Domain) -> charts.Interval | None:
    return None if row["value"] is None else charts.interval(row["value"], row["low"], row["high"], domain=domain)


def systems_table(report: Row, links: Links) -> Row:
    """Systems x categories, each system with its interval drawn. One category alone is what the overall is of."""
    [categories] = [table for table in report["groups"] if table["by"] == "category"]
    several = len(categories["values"]) > 1
    return {
        "columns": [value or "–" for value in categories["values"]] if several else [],
        "rows": [
            row
            | {
                "overall": figure(row["overall"], links.responses(system=row["system"])),
                "chart": interval_of(row["overall"], PERCENT),
                "average": figure(of_groups["average"], links.responses(system=row["system"])),
                "cells": [
                    figure(cell, links.responses(system=row["system"], category=category))
                    for category, cell in zip(categories["values"], of_groups["cells"], strict=True)
                    if several
                ],
            }
            for row, of_groups in zip(report["systems"], categories["rows"], strict=True)
        ],
    }


def criteria_table(table: Row, links: Links) -> Row:
    """A heat map; penalties stand last and have no shade, for there more is worse."""
    kinds = [item["kind"] for item in table["criteria"]]

    def cells(row: Row) -> list[Row]:
        href = links.responses(system=row["system"], rubric=table["rubric"])
        return [figure(cell, href, shaded=kind == "rated") for cell, kind in zip(row["cells"], kinds, strict=True)]

    return {
        "rubric": table["rubric"],
        "title": table["title"],
        "columns": table["criteria"],
        "rows": [{"system": row["system"], "cells": cells(row)} for row in table["rows"]],
        "undefined": [
            {"title": item["title"], "reason": REASONS.get(row["reason"], row["reason"])}
            for row in table["undefined"]
            for item in table["criteria"]
            if item["key"] == row["criterion"]
        ],
    }


def groups_table(report: Row, table: Row, links: Links) -> Row:
    """The values of the column x systems, as a heat map: there are more fields than systems."""
    systems = [row["system"] for row in report["systems"]]
    return {
        "title": COLUMNS[table["by"]],
        "columns": systems,
        "rows": [
            {
                "value": value or "–",
                "cells": [
                    figure(row["cells"][place], links.responses(system=row["system"], **{table["by"]: value}), shaded=True)
                    for row in table["rows"]
                ],
            }
            for place, value in enumerate(table["values"])
        ],
    }


def difference_rows(report: Row, links: Links) -> Row:
    """All differences, or of many systems those of each and the next, on one axis."""
    rows = report["differences"]
    shown = rows if len(rows) <= MOST_DIFFERENCES else neighbours(rows, [row["system"] for row in report["systems"]])
    ends = [row[end] for row in shown for end in ("value", "low", "high") if row[end] is not None]
    domain = charts.about_zero(ends)
    return {
        "rows": [
            figure(row, "")
            | {
                "chart": interval_of(row, domain),
                "first_href": links.responses(system=row["first"]),
                "second_href": links.responses(system=row["second"]),
                "p_alone": words.chance(row["p"]),
                "p_adjusted": words.chance(row["adjusted"]),
                "chance": "" if row["beyond_chance"] or row["adjusted"] is None else _("not beyond chance"),
            }
            for row in shown
        ],
        "total": len(rows),
        "hidden": len(rows) - len(shown),
    }


def few_labels(scorer: Row, links: Links) -> Row:
    """Labels alone, scores alone and both, per system, and per criterion where the scorer has scores of criteria. Labels of train
    splits have no part in it."""
    return scorer | {
        "systems": [powered(row, links, system=row["system"]) | {"system": row["system"]} for row in scorer["systems"]],
        "criteria": [
            table
            | {
                "rows": [
                    row | {"cells": [powered(cell, links, system=row["system"], rubric=table["rubric"]) for cell in row["cells"]]}
                    for row in table["rows"]
                ]
            }
            for table in scorer["criteria"]
        ],
        "sentences": words.of_scorer(scorer),
    }


def powered(row: Row, links: Links, **chosen: str) -> Row:
    """The scores alone are of all responses of now, with a label or without."""
    labelled = links.responses(**chosen)
    return row | {
        "labels": figure(row["labels"], labelled),
        "scores": figure(row["scores"], address(links.slug, **chosen)),
        "both": figure(row["both"], labelled),
        "chart": interval_of(row["both"], PERCENT),
    }


def error_tables(errors: Row, links: Links) -> Row:
    """Types of errors x systems, and x categories: the share of the judged responses in which they are marked."""
    marked = any(cell["marks"] for row in errors["systems"] for cell in row["cells"])
    parts = [("system", COLUMNS["system"], errors["systems"]), ("category", COLUMNS["category"], errors["categories"])]
    return {"marked": marked, "parts": [error_table(errors["types"], *part, links) for part in parts] if marked else []}


def error_table(types: list[Row], column: str, title: Any, rows: list[Row], links: Links) -> Row:
    return {
        "title": title,
        "columns": [row[column] or "–" for row in rows],
        "rows": [
            {
                "title": kind["title"],
                "cells": [share(row["cells"][place], links.slug, error=kind["key"], **{column: row[column]}) for row in rows],
            }
            for place, kind in enumerate(types)
        ],
    }


def share(cell: Row, slug: str, **chosen: str) -> Row:
    """In percent; marks are those of now, whichever labels the page shows."""
    of_all = {
        name: None if cell["of_responses"][name] is None else 100 * cell["of_responses"][name]
        for name in ("value", "low", "high")
    }
    return figure(cell["of_responses"] | of_all, address(slug, **chosen)) | {"marks": cell["marks"]}
