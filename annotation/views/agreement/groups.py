"""The grouped report as tables: per rubric and criterion one table, with a row for each group."""

from typing import Any

from django.template.defaultfilters import floatformat

from annotation.flow.agree.paper import FEW_RESPONSES
from annotation.views.agreement import charts
from annotation.views.agreement.labels import LEVELS
from annotation.views.agreement.rows import Row, criterion_row, titles_of
from rubrics.models import Rubric

BY_NAME, BY_ALPHA = "", "alpha"


def group_tables(slug: str, groups: list[Row], rubrics: list[Rubric], *, order: str, opened: str) -> list[Row]:
    """A part per rubric, and in it a table per criterion, of which one is open and has rows.

    `order` is BY_NAME or BY_ALPHA. `opened` is a rubric's name, a slash and a criterion; of every other rubric the first is open.
    """
    parts = []
    for rubric in rubrics:
        own = [(row, group["by"]) for group in groups for row in group["criteria"] if row["rubric"] == rubric.name]
        of_criteria: dict[str, list[tuple[Row, dict[str, str]]]] = {}
        for row, by in own:
            of_criteria.setdefault(row["criterion"], []).append((row, by))
        names = {key: f"{rubric.name}/{key}" for key in of_criteria}
        chosen = opened if opened in names.values() else next(iter(names.values()), "")
        titles = titles_of(rubric)
        tables = []
        for key, pairs in of_criteria.items():
            if is_open := names[key] == chosen:
                rows = [group_row(slug, row, by, titles[key]) for row, by in pairs]
                rows = sorted(rows, key=by_alpha) if order == BY_ALPHA else rows
            overview = glance([row for row, _by in pairs])
            tables.append({"name": names[key], "title": titles[key], "rows": rows if is_open else [], **overview})
        parts.append({"rubric": rubric, "tables": tables})
    return parts


def glance(rows: list[Row]) -> Row:
    """The alphas of the groups that have enough responses, for a look at all of them."""
    enough = [row for row in rows if row["pairable_items"] >= FEW_RESPONSES]
    alphas = [row["alpha"]["value"] for row in enough if row["alpha"]["value"] is not None]
    return {
        "kind": rows[0]["kind"],
        "level": LEVELS[rows[0]["alpha"]["level"]],
        "places": [charts.place(value, charts.ALPHA) for value in alphas],
        "least": min(alphas, default=None),
        "most": max(alphas, default=None),
    }


def group_row(slug: str, row: Row, by: dict[str, str], title: str) -> Row:
    """As in the report that is not grouped, with the cells beside alpha in the order of the table's columns."""
    shown = criterion_row(slug, row, by, title)
    plain = ("mean_absolute_difference", "exact", "adjacent") if row["kind"] == "rated" else ("mean_absolute_difference",)
    if row["kind"] == "penalty":
        of_row = [number_cell(shown["percent"], shown["given_href"], shown["reason"], digits=1, unit=" %")]
    else:
        of_row = [number_cell(row[name], shown["href"], shown["reason"]) for name in plain]
    return shown | {"cells": of_row + [figure_cell(figure, shown["href"]) for figure in shown["figures"] if figure is not None]}


def number_cell(value: float | None, href: str, why: Any, *, digits: int = 2, unit: str = "") -> Row:
    return {
        "text": "" if value is None else floatformat(value, digits) + unit,
        "href": href,
        "title": why if value is None else "",
    }


def figure_cell(figure: Row, href: str) -> Row:
    """A figure without its interval, which stands in the cell's title: of many groups, alpha's alone is drawn."""
    interval = "" if figure.get("low") is None else f"{floatformat(figure['low'], 2)} – {floatformat(figure['high'], 2)}"
    text = "" if figure["value"] is None else floatformat(figure["value"], 2)
    return {"text": text, "href": href, "title": interval or figure["why"]}


def by_alpha(row: Row) -> Any:
    """The lowest first; then groups of few responses, whose alpha says little; then those without an alpha."""
    value = row["alpha"]["value"]
    return value is None, row["few"], value or 0.0
