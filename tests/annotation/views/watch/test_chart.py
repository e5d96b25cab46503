"""Bars over time: their places are those of their days, and their heights those of their numbers."""

from datetime import date

from annotation.views.watch.chart import HEIGHT, WIDTH, Bar, bars_of


def test_a_day_without_work_is_a_gap_until_today() -> None:
    bars = bars_of({date(2026, 6, 1): 10, date(2026, 6, 3): 5}, today=date(2026, 6, 4))
    assert bars
    assert (bars.days, bars.most, bars.first, bars.last, bars.end) == (1, 10, date(2026, 6, 1), date(2026, 6, 4), 320)
    assert bars.bars == [
        Bar(8, 0, 64, HEIGHT, date(2026, 6, 1), 10),
        Bar(88, HEIGHT, 64, 0, date(2026, 6, 2), 0),
        Bar(168, HEIGHT / 2, 64, HEIGHT / 2, date(2026, 6, 3), 5),
        Bar(248, HEIGHT, 64, 0, date(2026, 6, 4), 0),
    ]


def test_a_single_day_is_a_bar_among_empty_places() -> None:
    bars = bars_of({date(2026, 6, 1): 108}, today=date(2026, 6, 1))
    assert bars
    assert (bars.bars, bars.end) == ([Bar(8, 0, 64, HEIGHT, date(2026, 6, 1), 108)], 80)


def test_many_days_are_drawn_by_week_from_their_monday() -> None:
    bars = bars_of({date(2026, 1, 1): 4, date(2026, 1, 4): 1, date(2026, 1, 5): 2}, today=date(2026, 4, 30))
    assert bars
    assert (bars.days, bars.first, len(bars.bars), bars.end) == (7, date(2025, 12, 29), 18, WIDTH)
    assert [bar.number for bar in bars.bars[:3]] == [5, 2, 0]


def test_without_submissions_there_are_no_bars() -> None:
    assert bars_of({}, today=date(2026, 6, 4)) is None
