"""Dates read the same to everybody: the year first, 24 hours, and a time names its zone."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from tests.codebase.sources import ROOT

FORMATS = ("DATE_FORMAT", "DATETIME_FORMAT", "TIME_FORMAT", "SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["2026-11-30", "2026-11-30 05:29 UTC", "05:29 UTC", "2026-11-30", "2026-11-30 05:29 UTC"]),
        ("zh-hans", ["2026年11月30日", "2026年11月30日 05:29 UTC", "05:29 UTC", "2026年11月30日", "2026年11月30日 05:29 UTC"]),
        ("zh-hant", ["2026年11月30日", "2026年11月30日 05:29 UTC", "05:29 UTC", "2026年11月30日", "2026年11月30日 05:29 UTC"]),
    ],
)
def test_a_date_is_unambiguous_and_a_time_names_its_zone(language: str, written: list[str]) -> None:
    with override(language):
        assert [date_format(datetime(2026, 11, 30, 5, 29, tzinfo=UTC), name) for name in FORMATS] == written


def test_no_page_has_a_form_of_its_own_but_for_the_seconds_of_a_report() -> None:
    own = {
        (path.name, part.partition('"')[0])
        for path in Path(ROOT, "templates").rglob("*.html")
        for part in path.read_text(encoding="utf-8").split('|date:"')[1:]
        if part.partition('"')[0] not in (*FORMATS, "H:i:s e")
    }
    assert own == set()


def test_a_date_in_a_cell_of_a_table_stays_on_one_line() -> None:
    """Else a narrow column breaks it at its hyphens."""
    cells = {
        (path.name, cell)
        for path in Path(ROOT, "templates").rglob("*.html")
        for cell in re.findall(r"<td([^>]*)>\{\{ [\w.]+\|date:", path.read_text(encoding="utf-8"))
    }
    assert len(cells) > 5
    assert {cell for cell in cells if "nowrap" not in cell[1]} == set()
