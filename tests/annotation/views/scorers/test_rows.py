"""Tables of a scorer report: what is undefined says why, what is near 0 by chance is not below it."""

from annotation.flow.check.report.subgroups import subgroups
from annotation.views.scorers.rows import (
    HEADLINES,
    band,
    explained,
    headline_cells,
    shown,
    slopes,
    subgroup_tables,
    without_interval,
)
from annotation.views.scorers.words import MEASURES
from tests.annotation.flow.check.report.drawn import drawn, scored


def test_a_figure_says_why_it_is_undefined_or_has_no_interval() -> None:
    assert shown({"value": None, "reason": "every rating is the same"})["why"] == "every rating is the same"
    assert shown({"value": 1.0, "reason": None, "no_interval": "too few queries for an interval"})["why"].startswith("too few")
    assert shown(None) == {"value": None, "why": ""}


def test_headlines_are_mmies_four_and_the_bias_which_has_a_sign() -> None:
    figures = {key: {"value": 0.5, "reason": None} for key in MEASURES}
    assert set(HEADLINES) == {"cosine", "mse", "mae", "pearson", "bias"}
    assert [cell["signed"] for cell in headline_cells(figures)] == [key == "bias" for key in HEADLINES]


def test_bands_read_well() -> None:
    assert (band(3, 3), band(1000, 2500)) == ("3", "1,000 – 2,500")


def test_a_share_of_the_error_is_a_finding_beyond_chance_alone() -> None:
    share = {"value": 0.77, "low": None, "high": None, "reason": None, "no_interval": None, "beyond_chance": False}
    assert [
        explained(share | {"no_interval": "too few queries for an interval"}),
        explained(share | {"value": None, "reason": "each kind has one response"}),
        explained(share | {"low": -0.9, "high": 0.97}),
        explained(share | {"low": 0.5, "high": 0.874, "beyond_chance": True}),
    ] == [
        "how much of the error it explains cannot be said: too few queries for an interval",
        "how much of the error it explains cannot be said: each kind has one response",
        "what it explains of the error may be chance",
        "explains 77 % of the variance of the error (50 to 87 %)",
    ]


def test_a_table_says_each_reason_for_no_interval_once() -> None:
    cells = [
        shown({"value": 1.0, "low": None, "no_interval": "too few queries for an interval"}),
        shown({"value": 2.0, "low": None, "no_interval": "too few queries for an interval"}),
        shown({"value": 1.0, "low": None, "no_interval": "too few queries differ for an interval"}),
        shown({"value": 1.0, "low": 0.0, "no_interval": None}),
        shown({"value": None, "reason": "every rating is the same"}),
        shown(None),
    ]
    assert without_interval(cells) == ["too few queries for an interval", "too few queries differ for an interval"]


def test_slopes_are_told_beyond_chance_alone_and_by_a_thousand_characters() -> None:
    slope = {"mae": {"value": 0.0002, "beyond_chance": True}, "bias": {"value": 0.1, "beyond_chance": False}}
    assert slopes("length", slope) == ["The error changes by +0.20 points with each 1,000 characters."]
    assert slopes("system", None) == []


def test_what_does_not_vary_has_no_table() -> None:
    tables = subgroup_tables({"subgroups": subgroups(scored(*drawn(60)))})
    assert [table["key"] for table in tables] == ["system", "field", "length", "images"]  # one category
    assert [row["name"] for row in tables[0]["rows"]] == ["a", "b"]
