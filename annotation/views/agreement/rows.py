"""The agreement report as rows of tables: with titles, charts, words, and the address of the responses behind each number."""

from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from annotation.flow.agree.copies import in_words
from annotation.flow.agree.drilldown import ALL_CRITERIA, OVERALL
from annotation.flow.agree.paper import FEW_RESPONSES, MOSTLY_ONE_LEVEL
from annotation.views.agreement import charts
from annotation.views.agreement.charts import Cell, Interval, Matrix
from annotation.views.agreement.drilldown_url import address
from annotation.views.agreement.labels import LEVELS, LIGHTS, REASONS
from rubrics.models import Rubric

Row = dict[str, Any]
FIGURES = ("ac2", "ordinal_kappa", "icc_single", "icc_mean")
NUMBERS = {
    "rated": ("exact", "adjacent", "mean_absolute_difference"),
    "overall": (None, None, "mean_absolute_difference"),
    "penalty": (None, None, "prevalence"),
}
MANY_LOST, AGREED = 0.2, 0.8  # share of pairs, and AC1 of applicability from which on what is lost is no surprise
MOST_IN_MATRIX, MOST_WORST = 24, 12  # annotators, and pairs of them
OF_PENALTIES = ("ac1", *FIGURES[1:])


def tables(slug: str, report: Row, rubrics: list[Rubric]) -> list[Row]:
    """A table per rubric, with a row per criterion."""
    [group] = report["groups"]
    tables = []
    for rubric in rubrics:
        titles = titles_of(rubric)
        own = [row for row in group["criteria"] if row["rubric"] == rubric.name]
        rows = [criterion_row(slug, row, {}, titles[row["criterion"]]) for row in own]
        tables.append({"rubric": rubric, "rows": rows, "overall": next((row for row in rows if row["kind"] == "overall"), None)})
    return tables


def titles_of(rubric: Rubric) -> dict[str, str]:
    return {criterion.key: criterion.title for criterion in rubric.criteria.all()} | {OVERALL: _("Overall")}


def criterion_row(slug: str, row: Row, by: dict[str, str], title: str) -> Row:
    """Only rows of the whole project are marked reliable, tentative or not: within a group the range is narrower, so alpha falls
    even if nobody rates worse. Penalties are not marked either: alpha says little about a rare one."""
    alpha, enough = row["alpha"], row["pairable_items"] >= FEW_RESPONSES
    of: Row = {"rubric": row["rubric"], "criterion": row["criterion"], **by}
    chart = interval_of(alpha, charts.ALPHA, lights=not by and row["kind"] != "penalty")
    return row | {
        "title": title,
        "group": ", ".join(value or "–" for value in by.values()),
        "href": address(slug, **of),
        "given_href": address(slug, **of, level=1) if row.get("prevalence") else "",
        "level": LEVELS[alpha["level"]],
        "chart": chart,
        "light": LIGHTS.get(chart.light) if chart else None,
        "reason": reason(alpha),
        "percent": None if row.get("prevalence") is None else 100 * row["prevalence"],
        "percent_ends": percent_ends(row.get("intervals", {}).get("prevalence")),
        "few": bool(by) and not enough,
        "figures": [shown(row.get(name)) for name in (OF_PENALTIES if row["kind"] == "penalty" else FIGURES)],
        "numbers": [number_of(row, name) for name in NUMBERS[row["kind"]]],
        "on_one_level": enough and on_one_level(row),
        "applicability": applicability(row),
    }


def interval_of(figure: Row, domain: charts.Domain, *, lights: bool = False) -> Interval | None:
    if figure["value"] is None:
        return None
    return charts.interval(figure["value"], figure.get("low"), figure.get("high"), domain=domain, lights=lights)


def reason(figure: Row) -> Any:
    """Why there is no value or no interval, in the reader's language."""
    why = figure["reason"] or figure.get("no_interval")
    return REASONS.get(why, why) if why else why


def shown(figure: Row | None) -> Row | None:
    return figure if figure is None else figure | {"why": reason(figure)}


def number_of(row: Row, name: str | None) -> Row | None:
    """A number of the row as a figure. Where it is undefined, alpha is, for the same reason."""
    if name is None:
        return None
    alone = {"value": row.get(name), "reason": row["alpha"]["reason"]}
    return shown(row.get("intervals", {}).get(name, alone))


def percent_ends(figure: Row | None) -> tuple[float, float] | None:
    return None if figure is None or figure.get("low") is None else (100 * figure["low"], 100 * figure["high"])


def applicability(row: Row) -> Row | None:
    """Who found the criterion applicable, where some did not: shares in per cent, and whether the lost pairs are a warning."""
    figures = row.get("applicability")
    if not figures or not figures["not_applicable"]["value"]:
        return None
    lost, ac1 = figures["pairs_lost"]["value"], figures["ac1"]["value"]
    return {
        **{name: shown(figures[name]) for name in ("alpha", "ac1", "pairs_lost")},
        "share": 100 * figures["not_applicable"]["value"],
        "lost": None if lost is None else 100 * lost,
        "many": lost is not None and lost >= MANY_LOST and (ac1 is None or ac1 < AGREED),
    }


def warning_rows(slug: str, warnings: list[Row]) -> list[Row]:
    """Each in words, with the address of the responses behind it."""
    return [
        {
            "words": in_words(warning),
            "href": address(slug, rubric=warning["rubric"], criterion=ALL_CRITERIA, annotators=tuple(warning["annotators"])),
        }
        for warning in warnings
    ]


def on_one_level(row: Row) -> Row | None:
    """The commonest level with its share in per cent, where most ratings are on it."""
    commonest = row.get("commonest")
    if not commonest or commonest["share"] < MOSTLY_ONE_LEVEL:
        return None
    return {"level": commonest["level"], "share": 100 * commonest["share"]}


def pairs_of(slug: str, rows: list[Row], rubric: str, criterion: str | None) -> Row | None:
    """The weighted kappa of each two annotators as a `matrix`; None where there are not two.

    Of more than MOST_IN_MATRIX annotators the matrix has those of the pairs that agree least, and `worst` are these pairs, those
    with enough responses first. `annotators` is how many there are.
    """
    # by name: the report has people in the order of the names with which they came
    kappas = {tuple(sorted(row["annotators"])): row["weighted_kappa"] for row in rows if is_of(row, rubric, criterion)}
    names = sorted({name for pair in kappas for name in pair})
    if not names:
        return None
    key, worst = key_of(criterion), []
    if len(names) > MOST_IN_MATRIX:
        defined = [(pair, figure) for pair, figure in kappas.items() if figure["value"] is not None]
        defined.sort(key=lambda item: (item[1]["n"] < FEW_RESPONSES, item[1]["value"], item[0]))
        worst = [
            {
                "names": " · ".join(pair),
                "figure": shown(figure),
                "few": figure["n"] < FEW_RESPONSES,
                "href": address(slug, rubric=rubric, criterion=key, annotators=pair),
            }
            for pair, figure in defined[:MOST_WORST]
        ]
        chosen = list(dict.fromkeys(name for pair, _figure in defined for name in pair))[:MOST_IN_MATRIX]
        matrix = pairs_matrix(slug, kappas, sorted(chosen or names[:MOST_IN_MATRIX]), rubric, key)
    else:
        matrix = pairs_matrix(slug, kappas, names, rubric, key)
    return {"matrix": matrix, "worst": worst, "annotators": len(names)}


def pairs_matrix(slug: str, kappas: dict[tuple[str, ...], Row], names: list[str], rubric: str, key: str) -> Matrix:
    def cell(one: str, other: str) -> Cell | None:
        if one == other:
            return None
        pair = tuple(sorted((one, other)))
        figure = kappas[pair]
        href = address(slug, rubric=rubric, criterion=key, annotators=pair)
        return cell_of(figure, href, f"{one} · {other}")

    return charts.matrix(names, names, [[cell(one, other) for other in names] for one in names])


def pair_rows(slug: str, rows: list[Row], rubric: str, criterion: str | None) -> list[Row]:
    """The kappas of the matrix that have an interval, each with its two annotators, the lowest first."""
    own = [row for row in rows if is_of(row, rubric, criterion) and row["weighted_kappa"].get("low") is not None]
    return [
        {
            "names": " · ".join(row["annotators"]),
            "figure": shown(row["weighted_kappa"]),
            "href": address(slug, rubric=rubric, criterion=key_of(criterion), annotators=tuple(row["annotators"])),
        }
        for row in sorted(own, key=lambda row: float(row["weighted_kappa"]["value"]))
    ]


def cell_of(figure: Row, href: str, names: str) -> Cell:
    value = figure["value"]
    if value is None:
        return Cell(None, "", href, f"{names}: {reason(figure)}", 0)
    text = floatformat(value, 2)  # which rounds as the tables do
    interval = "" if figure.get("low") is None else f", {floatformat(figure['low'], 2)} – {floatformat(figure['high'], 2)}"
    return Cell(value, text, href, f"{names}: {text}{interval} (n = {figure['n']:,})", charts.shade(value))


def confusion_matrix(slug: str, rows: list[Row], rubric: str, criterion: str | None) -> Matrix | None:
    """How often two annotators gave each two levels to one response; None where no response has two ratings."""
    [confusion] = [row for row in rows if is_of(row, rubric, criterion)]
    pairs = sum(map(sum, confusion["counts"])) // 2  # each stands on both sides of the diagonal, and twice on it
    if pairs == 0:
        return None
    counts = [[count // (1 + (one == other)) for other, count in enumerate(row)] for one, row in enumerate(confusion["counts"])]
    most = max(map(max, counts))
    names = [str(level) for level in confusion["levels"]]

    def cell(one: int, other: int) -> Cell:
        count = counts[one][other]
        share = 100 * count / pairs
        levels = (confusion["levels"][one], confusion["levels"][other])
        href = address(slug, rubric=rubric, criterion=key_of(criterion), levels=levels) if count else ""
        title = f"{names[one]} · {names[other]}: {count:,} ({share:.1f} %)"
        return Cell(
            count,
            short(count),
            href,
            title,
            charts.shade(count / most),
            f"{share:.0f} %" if share >= 0.5 or not count else "<1 %",
        )

    size = range(len(names))
    return charts.matrix(names, names, [[cell(one, other) for other in size] for one in size])


def short(count: int) -> str:
    """The count, short enough for a cell."""
    return f"{count:,}" if count < 100_000 else f"{count // 1000:,}k"


def is_of(row: Row, rubric: str, criterion: str | None) -> bool:
    return bool(row["rubric"] == rubric and row["criterion"] == criterion)


def key_of(criterion: str | None) -> str:
    return ALL_CRITERIA if criterion is None else criterion
