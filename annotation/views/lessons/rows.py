"""The report on disputes as rows of tables: with titles, bars, words, and the address of the disputes behind each number."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation.flow.lessons.disputes import DIRECTIONS
from annotation.models import Decision, Project
from annotation.views.agreement import charts, drilldown_url
from annotation.views.lessons.address import address, descriptor_address
from annotation.views.lessons.words import why
from rubrics.models import Level, Rubric

Row = dict[str, Any]
MOST_DESCRIPTORS = 12


class Titles:
    """Those of a project's criteria, and their levels, by the rubric's name and the criterion's key."""

    def __init__(self, project: Project) -> None:
        rubrics = Rubric.objects.with_content().filter(projects=project)
        criteria = [(rubric, criterion) for rubric in rubrics for criterion in rubric.criteria.all()]
        self.of: dict[tuple[str, str], str] = {(rubric.name, item.key): item.title for rubric, item in criteria}
        self.levels: dict[tuple[str, str, int], Level] = {
            (rubric.name, item.key, level.value): level for rubric, item in criteria for level in item.levels.all()
        }

    def title(self, row: Row) -> str:
        return self.of.get((row["rubric"], row["criterion"]), str(row["criterion"]))


def cause_groups(slug: str, causes: Row, titles: Titles) -> list[tuple[str, list[Row]]]:
    """Named groups of rows: how often each cause was decided."""
    return [
        (_("All disputes"), [cause_row(slug, causes["total"], _("All criteria"))]),
        (
            _("By criterion"),
            [
                cause_row(slug, row, titles.title(row), of=row["rubric"], rubric=row["rubric"], criterion=row["criterion"])
                for row in causes["criterion"]
            ],
        ),
        (
            _("By the lowest and the highest rating"),
            [cause_row(slug, row, "{} · {}".format(*row["levels"]), levels=tuple(row["levels"])) for row in causes["levels"]],
        ),
        (
            _("By category"),
            [cause_row(slug, row, row["category"] or "–", category=row["category"]) for row in causes["category"]],
        ),
        (_("By field"), [cause_row(slug, row, row["field"] or "–", field=row["field"]) for row in causes["field"]]),
    ]


def cause_row(slug: str, row: Row, title: str, *, of: str = "", **selection: Any) -> Row:
    cells, left = [], 0.0
    for cause, counted in row["causes"].items():
        share = 100 * (counted["share"] or 0.0)
        cells.append(
            {
                "cause": cause,
                "n": counted["n"],
                "share": share,
                "left": round(left, 2),
                "width": round(share, 2),
                "href": address(slug, cause=cause, **selection),
            }
        )
        left += share
    words = ", ".join(f"{Decision.Cause(cell['cause']).label} {cell['share']:.0f} %" for cell in cells if cell["n"])
    return {"title": title, "of": of, "decided": row["decided"], "cells": cells, "words": words}


def criterion_rows(slug: str, rows: Iterable[Row], titles: Titles) -> list[Row]:
    return [
        row
        | {
            "title": titles.title(row),
            "percent": None if row["share"] is None else 100 * row["share"],
            "href": address(slug, rubric=row["rubric"], criterion=row["criterion"]),
        }
        for row in rows
        if row["disputed"]
    ]


def descriptor_rows(slug: str, rows: list[Row], titles: Titles) -> list[Row]:
    return [
        row
        | {
            "title": titles.title(row),
            "descriptor": titles.levels.get((row["rubric"], row["criterion"], row["level"])),
            "percent": None if row["share"] is None else 100 * row["share"],
            "href": address(slug, rubric=row["rubric"], criterion=row["criterion"], level=row["level"]),
            "draft_href": descriptor_address(slug, rubric=row["rubric"], criterion=row["criterion"], level=row["level"]),
        }
        for row in rows[:MOST_DESCRIPTORS]
    ]


def level_tables(slug: str, scales: list[Row], titles: Titles, *, opens: bool) -> tuple[list[Row], list[Row]]:
    """The criteria with a row for each two neighbouring levels, and those of which nothing can be said, with the reason.
    `opens`: whether the numbers open responses, with all their scores."""
    tables = [
        {
            "title": titles.title(scale),
            "rubric": scale["rubric"],
            "unused": ", ".join(map(str, scale["unused"]["levels"])),
            "pairs": [pair_row(slug, scale, pair, opens=opens) for pair in scale["pairs"]],
        }
        for scale in scales
    ]
    told = [table for table in tables if any(pair["shift"]["value"] is not None for pair in table["pairs"])]
    return told, [table | {"why": table["pairs"][0]["why"]} for table in tables if table not in told]


def pair_row(slug: str, scale: Row, pair: Row, *, opens: bool) -> Row:
    shift = pair["shift"]
    chart = None
    if shift["value"] is not None:
        chart = charts.interval(shift["value"], shift["low"], shift["high"], domain=(-1.0, 2.0))
    return pair | {
        "name": "{} · {}".format(*pair["levels"]),
        "chart": chart,
        "why": why(pair["reason"]),
        "href": both_href(slug, scale, pair) if opens and pair["both"] else "",
    }


def both_href(slug: str, scale: Row, pair: Row) -> str:
    """The address of the responses to which some annotators gave the one level and others the other."""
    return drilldown_url.address(slug, rubric=scale["rubric"], criterion=scale["criterion"], levels=tuple(pair["levels"]))


def against_rows(slug: str, rows: Iterable[Row], titles: Titles) -> list[Row]:
    """Decisions against the annotators' mean; only criteria that have any."""
    return [
        with_difference(row)
        | {
            "title": titles.title(row),
            "cells": [
                (row[name], address(slug, rubric=row["rubric"], criterion=row["criterion"], direction=name))
                for name in DIRECTIONS
            ],
        }
        for row in rows
        if row["n"]
    ]


def annotator_rows(rows: Iterable[Row]) -> list[Row]:
    """Decisions against each annotator's ratings, like `against_rows`: single annotators open nothing."""
    return [
        with_difference(row) | {"title": row["annotator"], "cells": [(row[name], "") for name in DIRECTIONS]}
        for row in rows
        if row["n"]
    ]


def with_difference(row: Row) -> Row:
    difference = row["difference"]
    return row | {"difference": difference | {"why": why(difference["reason"] or difference["no_interval"])}}


def among_rows(rows: Iterable[Row], titles: Titles) -> list[Row]:
    names = ("exact", "adjacent", "mean_absolute_difference", "weighted_kappa")
    return [
        row
        | {
            "title": titles.title(row),
            "n": row["exact"]["n"],
            "figures": [row[name] | {"why": why(row[name]["reason"] or row[name]["no_interval"])} for name in names],
        }
        for row in rows
        if row["exact"]["n"]
    ]


def first_steps(slug: str, report: Row, titles: Titles, *, opens: bool) -> list[tuple[str, str]]:
    """What to do first, the most telling first: sentences, each with the address of what it is about."""
    pairs = [(scale, pair) for scale in report["levels"] for pair in scale["pairs"] if pair["confused"]]
    pairs.sort(key=lambda item: -item[1]["evidence"])
    steps = [confused_step(slug, scale, pair, titles, opens=opens) for scale, pair in pairs]
    gaps = [row for row in report["causes"]["criterion"] if row["causes"]["rubric_gap"]["n"]]
    if gaps:
        steps.append(gap_step(slug, max(gaps, key=lambda row: row["causes"]["rubric_gap"]["n"]), titles))
    for scale in report["levels"]:
        if unused := scale["unused"]["levels"]:
            steps.append((unused_step(titles.title(scale), unused), "#levels"))
    return steps[:3]


def confused_step(slug: str, scale: Row, pair: Row, titles: Titles, *, opens: bool) -> tuple[str, str]:
    lower, upper = pair["levels"]
    sentence = ngettext(
        "Levels %(lower)s and %(upper)s of %(criterion)s are not told apart: see %(n)s response.",
        "Levels %(lower)s and %(upper)s of %(criterion)s are not told apart: see %(n)s responses.",
        pair["both"],
    )
    words = sentence % {"lower": lower, "upper": upper, "criterion": titles.title(scale), "n": pair["both"]}
    return words, both_href(slug, scale, pair) if opens else "#levels"


def gap_step(slug: str, row: Row, titles: Titles) -> tuple[str, str]:
    sentence = ngettext(
        "%(n)s dispute about %(criterion)s shows a gap in the rubric: read its reason.",
        "%(n)s disputes about %(criterion)s show a gap in the rubric: read their reasons.",
        row["causes"]["rubric_gap"]["n"],
    )
    words = sentence % {"n": row["causes"]["rubric_gap"]["n"], "criterion": titles.title(row)}
    return words, address(slug, rubric=row["rubric"], criterion=row["criterion"], cause="rubric_gap")


def unused_step(title: str, levels: list[int]) -> str:
    sentence = ngettext(
        "Nobody gives level %(levels)s of %(criterion)s.", "Nobody gives the levels %(levels)s of %(criterion)s.", len(levels)
    )
    return sentence % {"levels": ", ".join(map(str, levels)), "criterion": title}
