"""The progress report as one CSV, for spreadsheets: a row per category, system, person and day."""

import csv
import io
from typing import Any

from annotation.spreadsheets import guarded

COLUMNS = ("by", "name", "slots", "submitted", "held", "open", "skipped", "left", "last")


def csv_of(report: dict[str, Any]) -> str:
    """What a row has not is empty: of a person no slots are wanted, and of a day there is what was submitted alone."""
    rows = [{"by": by} | row for by, rows in report["by"].items() for row in rows]
    rows += [{"by": "day", "name": day["day"].isoformat(), "submitted": day["submitted"]} for day in report["days"]]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([written(row.get(column)) for column in COLUMNS] for row in rows)
    return text.getvalue()


def written(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return "" if value is None else guarded(value) if isinstance(value, str) else value
