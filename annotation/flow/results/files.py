"""The report as tables and pictures to take along: CSV, Markdown, LaTeX and SVG. They are in English, as papers are."""

from collections.abc import Iterator
from typing import Any

from annotation.exporters.results import Cell, ResultsTable, Row, csv_bytes, heat_map, intervals, text
from annotation.flow.results.tables import PERCENT

Plain = dict[str, Any]
FORMS = ("json", "csv", "markdown", "latex")


def text_of(report: Plain, form: str) -> str:
    """All tables, numbered, in Markdown or LaTeX; what LaTeX needs is said once."""
    lines = [line for number, table in enumerate(tables_of(report), 1) for line in text(table, form, number=number).split("\n")]
    comments = dict.fromkeys(line for line in lines if form == "latex" and line.startswith("% "))
    return "\n".join([*comments, *(line for line in lines if line not in comments)])


def csv_of(report: Plain) -> bytes:
    """One file: a line for each figure of a system, then one for each difference of two, then what a scorer adds. A criterion's
    column has its rubric before it, a group's the name of the column that groups."""
    tables = [differences_table(report), *([powered_table(report["scorer"])] if report["scorer"] else [])]
    return csv_bytes(wide_table(report)) + b"".join(csv_bytes(table).partition(b"\n")[2] for table in tables)


def pictures_of(report: Plain) -> dict[str, str]:
    """By name: the systems with their intervals, their differences, a heat map of each rubric's criteria and of each group."""
    domain = (-widest(report), widest(report))
    pictures = {
        "systems": intervals(systems_table(report).rows, title="Systems, percent, 95 % intervals", domain=PERCENT),
        "differences": intervals(differences_table(report).rows, title="Differences, percentage points", domain=domain),
    }
    maps = [(table["rubric"], criteria_table(table)) for table in report["criteria"]]
    maps += [(table["by"], group_table(report, table)) for table in report["groups"]]
    return pictures | {name: heat_map(table, title=table.caption, domain=PERCENT) for name, table in maps}


def widest(report: Plain) -> float:
    """Ten, twenty and so on: as far from 0 as an interval of a difference reaches."""
    ends = [abs(row[end]) for row in report["differences"] for end in ("value", "low", "high") if row[end] is not None]
    return 10.0 * (int(max(ends, default=0) / 10) + 1)


def tables_of(report: Plain) -> Iterator[ResultsTable]:
    groups = [table for table in report["groups"] if table["values"]]
    if not groups:
        yield systems_table(report)
    yield from (group_table(report, table) for table in groups)
    yield from map(criteria_table, report["criteria"])
    if report["differences"]:
        yield differences_table(report)
    if report["scorer"]:
        yield powered_table(report["scorer"])


def systems_table(report: Plain) -> ResultsTable:
    rows = [Row(row["system"], (cell(row["overall"]),), part(row)) for row in report["systems"]]
    return ResultsTable("Results of the systems, in percent.", "System", ("Overall",), tuple(rows), note_of(report))


def group_table(report: Plain, table: Plain) -> ResultsTable:
    """Overall, then the groups, then the mean of the groups."""
    rows = [
        Row(row["system"], (cell(row["overall"]), *map(cell, of_groups["cells"]), cell(of_groups["average"])), part(row))
        for row, of_groups in zip(report["systems"], table["rows"], strict=True)
    ]
    columns = ("Overall", *(value or "-" for value in table["values"]), "Average")
    caption = f"Results by {table['by']}, in percent."
    note = f"{note_of(report)} Overall: the mean over responses. Average: the mean over the columns between."
    return ResultsTable(caption, "System", columns, tuple(rows), note)


def criteria_table(table: Plain) -> ResultsTable:
    rows = [Row(row["system"], tuple(map(cell, row["cells"]))) for row in table["rows"]]
    penalties = [item["title"] for item in table["criteria"] if item["kind"] == "penalty"]
    note = f"{', '.join(penalties)}: the share of responses to which the penalty applies." if penalties else ""
    columns = tuple(item["title"] for item in table["criteria"])
    return ResultsTable(
        f"Results by criterion: {table['title']} ({table['rubric']}), in percent.", "System", columns, tuple(rows), note
    )


def differences_table(report: Plain) -> ResultsTable:
    rows = [
        Row(f"{row['first']} - {row['second']}", (cell(row, "" if row["beyond_chance"] else "not beyond chance"),))
        for row in report["differences"]
        if row["value"] is not None
    ]
    note = "Of the queries that both answered; p adjusted for the number of differences (Holm)."
    return ResultsTable(
        "Differences of systems, paired by query, in percentage points.", "Systems", ("difference",), tuple(rows), note
    )


def powered_table(scorer: Plain) -> ResultsTable:
    columns = ("Labels alone", "Scores alone", "Both")
    rows = [Row(row["system"], tuple(cell(row[name]) for name in ("labels", "scores", "both"))) for row in scorer["systems"]]
    note = (
        f"Scores of {scorer['name']}; labels of train splits have no part in it. Both: prediction-powered (PPI++). The interval "
        "of the scores alone says nothing of their bias."
    )
    return ResultsTable("Results from few labels and many scores, in percent.", "System", columns, tuple(rows), note)


def wide_table(report: Plain) -> ResultsTable:
    columns = ["overall", *(f"{table['by']}: {value}" for table in report["groups"] for value in table["values"])]
    columns += [f"{table['rubric']}: {item['key']}" for table in report["criteria"] for item in table["criteria"]]
    tables = [table for table in [*report["groups"], *report["criteria"]] if table["rows"]]
    rows = []
    for place, row in enumerate(report["systems"]):
        cells = [cell(row["overall"]), *(cell(figure) for table in tables for figure in table["rows"][place]["cells"])]
        rows.append(Row(row["system"], tuple(cells), part(row)))
    return ResultsTable("", "system", tuple(columns), tuple(rows))


def cell(figure: Plain, note: str = "") -> Cell:
    return Cell(note=note, **{name: figure[name] for name in ("value", "low", "high", "n", "reason", "no_interval")})


def part(row: Plain) -> str:
    if not row["unanswered"]:
        return ""
    return f"answered {row['answered']:,} of {row['answered'] + row['unanswered']:,} queries"


def note_of(report: Plain) -> str:
    about = report["labels"]
    source = f"release {about['release']}" if about["release"] else "the labels as they are now"
    weighted = about["pool"] is not None and about["pool"]["effective"] is not None
    pool = f" Weighted to the pool of {about['pool']['pool']:,} responses from which they were drawn." if weighted else ""
    labels = f"From {about['n']:,} {about['kind']} labels of {about['queries']:,} queries ({source})"
    return f"{labels}; intervals clustered by query.{pool}"
