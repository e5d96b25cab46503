"""Alpha over time in words: a trend only where chance hardly makes it, and how much is of no week."""

from typing import Any

import pytest

from annotation.views.agreement.over_time import in_words, over_time

TREND = {"slope": -0.03, "se": 0.01, "low": -0.05, "high": -0.01, "p": 0.012, "n": 5, "reason": None}


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({}, "Alpha falls by 0.030 a week (95 % -0.050 to -0.010, p = 0.012)."),
        ({"slope": 0.03, "low": 0.01, "high": 0.05}, "Alpha rises by 0.030 a week (95 % 0.010 to 0.050, p = 0.012)."),
        ({"p": 0.0001}, "Alpha falls by 0.030 a week (95 % -0.050 to -0.010, p below 0.001)."),
        ({"p": 0.051}, "No trend beyond chance: alpha changes by -0.030 a week (95 % -0.050 to -0.010, p = 0.051)."),
        (
            {"slope": 0.002, "p": 0.9},
            "No trend beyond chance: alpha changes by +0.002 a week (95 % -0.050 to -0.010, p = 0.900).",
        ),
        ({"slope": None, "reason": "few"}, "No trend can be tested: fewer than three weeks have an interval."),
    ],
)
def test_a_trend_is_told_with_its_interval_and_p(figures: dict[str, Any], words: str) -> None:
    assert in_words(TREND | figures) == words


@pytest.mark.parametrize(("pairs", "share"), [({"pairs": 8, "within": 6}, 25.0), ({"pairs": 0, "within": 0}, None)])
def test_pairs_of_two_weeks_are_of_no_week(pairs: dict[str, int], share: float | None) -> None:
    weeks = [
        {"week": "2026-W10", "alpha": {"value": 0.5, "low": 0.4, "high": 0.6, "reason": None}},
        {"week": "2026-W11", "alpha": {"value": None, "reason": "no response has two ratings"}},
    ]
    actual = over_time("study", {"weeks": weeks, "trend": TREND, "pairs_of_weeks": pairs}, "small@1", "text")
    marks = [(mark.point.label, mark.point.href, mark.point.reason) for mark in actual["chart"].marks]
    href = "/projects/study/responses/?rubric=small@1&criterion=text&week="
    assert marks == [
        ("2026-W10", f"{href.replace('@', '%40')}2026-W10", ""),
        ("2026-W11", f"{href.replace('@', '%40')}2026-W11", "no response has two ratings"),
    ]
    assert (actual["sentence"], actual["of_no_week"]) == (in_words(TREND), share)
