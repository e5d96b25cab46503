"""Tables of a scorer report: what is undefined says why, what is near 0 by chance is not below it."""

from annotation.flow.check.report.subgroups import subgroups
from annotation.views.scorers.rows import HEADLINES, band, headline_cells, percent, shown, slopes, subgroup_tables
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


def test_shares_and_bands_read_well() -> None:
    assert (percent(-0.02), percent(0.25), percent(None)) == (0.0, 25.0, None)
    assert (band(3, 3), band(1000, 2500)) == ("3", "1,000 – 2,500")


def test_slopes_are_told_beyond_chance_alone_and_by_a_thousand_characters() -> None:
    slope = {"mae": {"value": 0.0002, "beyond_chance": True}, "bias": {"value": 0.1, "beyond_chance": False}}
    assert slopes("length", slope) == ["The error changes by +0.20 points with each 1,000 characters."]
    assert slopes("system", None) == []


def test_what_does_not_vary_has_no_table() -> None:
    tables = subgroup_tables({"subgroups": subgroups(scored(*drawn(60)))})
    assert [table["key"] for table in tables] == ["system", "field", "length", "images"]  # one category
    assert [row["name"] for row in tables[0]["rows"]] == ["a", "b"]
