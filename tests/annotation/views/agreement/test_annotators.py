"""The rows of annotators: their groups, what is beyond chance in words, and the details of the one that is open."""

from typing import Any

from annotation.views.agreement.annotators import groups_of, in_words, notes_of

FIGURE = {"value": 0.5, "n": 40, "reason": None, "low": 0.25, "high": 0.75, "no_interval": None}
UNDEFINED = {"value": None, "n": 0, "reason": "no response has two ratings"}
NO_TREND = {"slope": None, "se": None, "low": None, "high": None, "p": None, "n": 1, "beyond_chance": False}


def bias(value: str, by: float, *, beyond_chance: bool = True) -> dict[str, Any]:
    return {"by": "system", "value": value, "bias": FIGURE | {"value": by}, "beyond_chance": beyond_chance}


def row(name: str, group: int | None, **more: Any) -> dict[str, Any]:
    figures = (
        "severity",
        "agreement",
        "spread",
        "halo",
        "halo_given_response",
        "infit",
        "outfit",
        "straight_lining",
        "pace",
        "attention",
    )
    week = {
        "week": "2026-W48",
        "judgements": 3,
        "severity": FIGURE,
        "agreement": UNDEFINED,
        "spread": FIGURE,
        "pace": FIGURE | {"value": 2.5},
    }
    return {
        "rubric": "small@1",
        "annotator": name,
        "judgements": 40,
        "seconds": 20.0,
        "group": group,
        **dict.fromkeys(figures, FIGURE),
        "levels": {"1": 3, "2": 5},
        "weeks": [week],
        "trends": {"severity": NO_TREND, "agreement": NO_TREND},
        "bias": [],
    } | more


def changes(slope: float) -> dict[str, Any]:
    return {"slope": slope, "se": 0.01, "low": slope - 0.02, "high": slope + 0.02, "p": 0.001, "n": 5, "beyond_chance": True}


def test_annotators_stand_in_their_groups_and_those_without_come_last() -> None:
    rows = [row("ana", None), row("bo", 2), row("chen", 1), row("dee", 2, severity=FIGURE | {"n": 3})]
    groups = groups_of("study", [*rows, row("eve", 1, rubric="large@1")], "small@1", "")
    assert [(group["number"], group["names"], group["few"]) for group in groups] == [
        (1, "chen", False),
        (2, "bo, dee", False),
        (None, "ana", False),
    ]
    assert [[each["few"] for each in group["rows"]] for group in groups] == [[False], [False, True], [False]]
    assert [each["details"] for group in groups for each in group["rows"]] == [None] * 4


def test_a_group_is_of_few_responses_where_nobody_in_it_shares_30() -> None:
    [group] = groups_of(
        "study", [row("ana", 1, severity=FIGURE | {"n": 29}), row("bo", 1, severity=FIGURE | {"n": 4})], "small@1", ""
    )
    assert group["few"]


def test_what_is_beyond_chance_is_in_words_trends_first_then_biases_by_size() -> None:
    many = row(
        "ana",
        1,
        trends={"severity": changes(0.1), "agreement": changes(-0.1)},
        bias=[bias("one", 0.2), bias("two", -0.5), bias("three", 0.9, beyond_chance=False), bias("", -0.1)],
    )
    assert notes_of(many) == [
        "more lenient over time",
        "agreement falls",
        "severe towards two",
        "lenient towards one",
        "severe towards –",
    ]
    [group] = groups_of("study", [many], "small@1", "")
    assert (group["rows"][0]["notes"], group["rows"][0]["more_notes"]) == (["more lenient over time", "agreement falls"], 3)
    other = row("bo", 1, trends={"severity": changes(-0.1), "agreement": changes(0.1)})
    assert notes_of(other) == ["more severe over time", "agreement rises"]
    assert notes_of(row("chen", 1, bias=[bias("three", 0.9, beyond_chance=False)])) == []


def test_the_details_of_the_annotator_who_is_open_are_their_biases_and_charts() -> None:
    rows = [row("ana", 1, bias=[bias("one", 0.6)]), row("bo", 1)]
    [group] = groups_of("study", rows, "small@1", "small@1/ana")
    ana, bo = group["rows"]
    [shown] = ana["details"]["biases"]
    assert (shown["href"], shown["few"]) == (
        "/projects/study/responses/?rubric=small%401&criterion=*&annotator=ana&system=one",
        False,
    )
    titles = [title for title, _chart, _test in ana["details"]["charts"]]
    assert titles == ["Severity by week", "Agreement by week", "Spread by week", "Pace by week"]
    severity, agreement, _spread, pace = (chart for _title, chart, _test in ana["details"]["charts"])
    assert [text for _y, text in severity.ticks] == ["-1", "0", "1"]
    assert [mark.point.reason for mark in agreement.marks] == ["no response has two ratings"]
    assert [text for _y, text in pace.ticks] == ["0", "1", "3"]
    assert bo["details"] is None


def test_a_trend_is_in_words() -> None:
    assert in_words(None) == ""
    assert in_words(NO_TREND) == "No trend can be tested: fewer than three weeks have an interval."
    assert in_words(changes(0.1)) == "Changes by 0.100 a week (95 % 0.080 to 0.120), beyond chance."
    chance = changes(-0.01) | {"beyond_chance": False}
    assert in_words(chance) == "Changes by -0.010 a week (95 % -0.030 to 0.010), not beyond chance."
