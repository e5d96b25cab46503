"""Where marks stand, and the drawings whole. The look itself is judged by eye."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from annotation.views.agreement.charts import (
    ALPHA,
    LIGHTS,
    Bar,
    Cell,
    Interval,
    Label,
    Mark,
    Matrix,
    Point,
    Square,
    Trend,
    about_zero,
    histogram,
    interval,
    matrix,
    shade,
    shortened,
    trend,
)
from tests.markup import compact

STYLES = Path(settings.BASE_DIR) / "annotation/static/annotation/styles"
PAIR = Cell(0.75, "0.75", "/pair", "ada and ben: 0.75", 7)
UNDEFINED = Cell(None, "", "", "no response has two ratings", 0)


def drawn(template: str, chart: object, *, name: str = "") -> str:
    """The drawing, without the space between its tags, and with one space between attributes."""
    return compact(render_to_string(f"annotation/agreement/{template}.html", {"chart": chart, "name": name}))


def test_an_interval_stands_on_its_axis_with_alphas_lines() -> None:
    assert interval(0.83, 0.79, 0.87, domain=ALPHA, lights=True) == Interval(
        value=0.83,
        low=0.79,
        high=0.87,
        x=83.0,
        band=(79.0, 87.0),
        below=False,
        above=False,
        lines=(66.7, 80.0),
        light="tentative",
    )


@pytest.mark.parametrize(
    ("low", "light"), [(0.8, "good"), (0.7999, "tentative"), (0.667, "tentative"), (0.6669, "poor"), (-0.2, "poor")]
)
def test_the_lower_bound_alone_decides_the_light(low: float, light: str) -> None:
    assert interval(0.95, low, 1.0, domain=ALPHA, lights=True).light == light


def test_what_lies_beyond_an_end_is_drawn_at_it_and_said() -> None:
    beyond = [
        interval(0.1, -0.2, 0.3, domain=ALPHA),
        interval(-0.1, None, None, domain=ALPHA),
        interval(1, 0.9, 1.1, domain=ALPHA),
    ]
    assert [(chart.x, chart.band, chart.below, chart.above) for chart in beyond] == [
        (10.0, (0.0, 30.0), True, False),
        (0.0, None, True, False),
        (100.0, (90.0, 100.0), False, True),
    ]


def test_a_severity_stands_about_zero_and_has_no_light() -> None:
    domain = about_zero([0.3, -1.2])
    chart = interval(-1.2, -1.5, -0.9, domain=domain)
    assert (domain, about_zero([]), about_zero([0.2]), about_zero([2.0])) == ((-2, 2), (-1, 1), (-1, 1), (-2, 2))
    assert (chart.x, chart.band, chart.lines, chart.light) == (20.0, (12.5, 27.5), (50.0,), "plain")


def test_a_point_without_an_interval_has_no_light() -> None:
    chart = interval(0.9, None, None, domain=ALPHA, lights=True)
    assert (chart.x, chart.band, chart.light, chart.lines) == (90.0, None, "plain", (66.7, 80.0))


def test_the_interval_is_drawn_with_its_words() -> None:
    assert drawn("_interval", interval(0.83, -0.1, 0.87, domain=ALPHA, lights=True)) == (
        '<svg class="interval" width="208" height="24" role="img" aria-label="0.83, from -0.10 to 0.87">'
        "<title>Not reliable</title>"
        '<line class="axis" x1="0" x2="100%" y1="12" y2="12"/>'
        '<line class="bar-line" x1="66.7%" x2="66.7%" y1="2" y2="22"/>'
        '<line class="bar-line" x1="80.0%" x2="80.0%" y1="2" y2="22"/>'
        '<g class="poor">'
        '<line class="band" x1="0.0%" x2="87.0%" y1="12" y2="12"/>'
        '<path d="M0 10h-6v-3l-7 5 7 5v-3h6z"/>'
        '<circle cx="83.0%" cy="12" r="5"/>'
        "</g></svg>"
    )


def test_a_point_alone_is_drawn_hollow_and_its_words_are_the_readers() -> None:
    with translation.override("zh-hant"):
        alone = drawn("_interval", interval(1.5, None, None, domain=(-1, 1)))
        reliable = drawn("_interval", interval(0.9, 0.85, 0.95, domain=ALPHA, lights=True))
    assert alone == (
        '<svg class="interval" width="208" height="24" role="img" aria-label="1.50">'
        '<line class="axis" x1="0" x2="100%" y1="12" y2="12"/>'
        '<line class="bar-line" x1="50.0%" x2="50.0%" y1="2" y2="22"/>'
        '<g class="plain">'
        '<svg role="none" x="100%" overflow="visible"><path d="M0 10h6v-3l7 5-7 5v-3h-6z"/></svg>'
        '<circle class="hollow" cx="100.0%" cy="12" r="5"/>'
        "</g></svg>"
    )
    assert re.findall(r'aria-label="(.*?)"|<title>(.*?)<', reliable) == [("0.90，從 0.85 到 0.95", ""), ("", "可靠")]


def test_a_matrix_has_a_place_for_every_cell_and_marks_where_row_and_column_are_the_same() -> None:
    assert matrix(["0", "1"], ["0", "1"], [[PAIR, UNDEFINED], [None, None]]) == Matrix(
        width=119,
        height=96,
        left=17,
        top=24,
        turned=False,
        columns=(Label("0", "0", 43, 16), Label("1", "1", 93, 16)),
        rows=(
            (Label("0", "0", 11, 41), (Square(19, 24, PAIR, True), Square(69, 24, UNDEFINED, False))),
            (Label("1", "1", 11, 77), (Square(19, 60, None, False), Square(69, 60, None, False))),
        ),
    )


def test_labels_that_are_wider_than_their_columns_are_turned_within_the_drawing() -> None:
    turned = matrix(["annotator-01"], ["annotator-01", "王小明林"], [[None, None]])
    assert (turned.turned, turned.left, turned.top, turned.width, turned.height) == (True, 94, 74, 231, 110)
    assert turned.columns == (Label("annotator-01", "annotator-01", 120, 66), Label("王小明林", "王小明林", 170, 66))


def test_a_matrix_whose_cells_do_not_fit_its_names_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        matrix(["a", "b"], ["a", "b"], [[None, None], [None]])


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("annotator-000001", "annotator-000001"),
        ("annotator-reviewer-01", "annotator…wer-01"),
        ("annotator-reviewer-02", "annotator…wer-02"),
        ("一二三四五六七八九十", "一二三四…八九十"),
        ("ｆｕｌｌｗｉｄｔｈ", "ｆｕｌｌ…ｄｔｈ"),
    ],
)
def test_a_long_name_keeps_both_ends(name: str, short: str) -> None:
    assert shortened(name) == short


def test_shades_go_from_0_to_9() -> None:
    assert [shade(share) for share in (-0.3, 0.0, 0.09, 0.1, 0.5, 0.99, 1.0)] == [0, 0, 0, 1, 5, 9, 9]


def test_the_matrix_is_drawn_as_a_table_of_links() -> None:
    counted = Cell(41, "41", "/same", "41 of 50", 8, "82 %")
    assert drawn("_matrix", matrix(["ada", "b"], ["ada"], [[counted], [UNDEFINED]]), name="Pairs") == (
        '<div class="room"><svg class="matrix" width="83" height="96" role="table" aria-label="Pairs">'
        '<g role="row"><rect class="corner" role="cell" width="31" height="24"/>'
        '<g role="columnheader" aria-label="ada"><title>ada</title><text x="57" y="16" text-anchor="middle">ada</text></g></g>'
        '<g role="row"><g role="rowheader" aria-label="ada"><text x="25" y="41" dy="0.36em" text-anchor="end">ada</text></g>'
        '<svg class="shade-8 same" role="cell" x="33" y="24" width="48" height="34" overflow="visible">'
        '<a href="/same"><title>41 of 50</title><rect width="48" height="34" rx="3"/>'
        '<text x="24" y="15">41</text><text class="share" x="24" y="28">82 %</text></a></svg></g>'
        '<g role="row"><g role="rowheader" aria-label="b"><text x="25" y="77" dy="0.36em" text-anchor="end">b</text></g>'
        '<svg class="undefined" role="cell" x="33" y="60" width="48" height="34" overflow="visible">'
        '<title>no response has two ratings</title><rect width="48" height="34" rx="3"/>'
        '<text x="24" y="17" dy="0.36em">–</text></svg></g></svg>'
        '<svg class="matrix names" width="31" height="96" aria-hidden="true"><rect width="100%" height="100%"/>'
        '<g><title>ada</title><text x="25" y="41" dy="0.36em" text-anchor="end">ada</text></g>'
        '<g><title>b</title><text x="25" y="77" dy="0.36em" text-anchor="end">b</text></g></svg></div>'
    )


def test_a_matrix_turns_its_labels_and_leaves_nothing_where_there_is_nothing_to_say() -> None:
    text = drawn("_matrix", matrix(["annotator-01"], ["annotator-01"], [[None]]), name="Pairs")
    assert re.findall(r"<text.*?>", text)[0] == '<text x="120" y="66" transform="rotate(-45 120 66)">'
    assert re.findall(r'<svg class="nobody.*?</svg>', text) == [
        '<svg class="nobody" role="cell" x="96" y="74" width="48" height="34" overflow="visible">'
        '<rect width="48" height="34" rx="3"/></svg>'
    ]


def test_a_trend_has_gaps_where_it_is_undefined_and_a_band_where_it_is_sure() -> None:
    points = [
        Point("W1", 0.7, 0.6, 0.8, "/1"),
        Point("W2", 0.8, 0.7, 0.9, "/2"),
        Point("W3", 0.9, None, None, "/3"),
        Point("W4", None, None, None, "", "nothing has been rated"),
        Point("W5", -0.5, -0.7, 0.1, "/5"),
    ]
    assert trend(points, domain=ALPHA, lines=LIGHTS) == Trend(
        step=20.0,
        marks=(
            Mark(points[0], 10.0, 30.0, "", 0.0, "always"),
            Mark(points[1], 30.0, 20.0, "", 20.0, "wide"),
            Mark(points[2], 50.0, 10.0, "", 40.0, "always"),
            Mark(points[3], 70.0, None, "", 60.0, "wide"),
            Mark(points[4], 90.0, 100.0, "below", 80.0, "always"),
        ),
        ticks=((100.0, "0"), (33.3, "0.667"), (20.0, "0.8"), (0.0, "1")),
        lines=("10,30 30,20 50,10",),
        bands=("10,40 30,30 30,10 10,20", "88.5,100 91.5,100 91.5,90 88.5,90"),
        feet=("10,40 30,30", "88.5,100 91.5,100"),
    )


def test_one_point_stands_in_the_middle_and_two_each_in_their_half() -> None:
    week = Point("W1", 2.0, 0.5, 2.5, "")
    one, two, none = (trend([week] * count, domain=(-1, 1)) for count in (1, 2, 0))
    assert [(mark.x, mark.y, mark.beyond) for mark in (*one.marks, *two.marks)] == [
        (50.0, 0.0, "above"),
        (25.0, 0.0, "above"),
        (75.0, 0.0, "above"),
    ]
    assert (one.lines, one.feet, two.lines, two.feet) == ((), ("48.5,25 51.5,25",), ("25,0 75,0",), ("25,25 75,25",))
    assert none == Trend(step=100.0, marks=(), ticks=((100.0, "-1"), (50.0, "0"), (0.0, "1")), lines=(), bands=(), feet=())


@pytest.mark.parametrize(("weeks", "always", "wide"), [(3, 3, 3), (8, 3, 8), (12, 3, 6), (52, 3, 8), (104, 3, 8)])
def test_a_trend_has_few_labels_and_more_where_there_is_room(weeks: int, always: int, wide: int) -> None:
    marks = trend([Point("W", 0.5, None, None, "")] * weeks, domain=ALPHA).marks
    assert (sum(mark.labelled == "always" for mark in marks), sum(mark.labelled != "" for mark in marks)) == (always, wide)


def test_the_trend_is_drawn_with_a_link_for_every_point_and_the_reason_in_a_gap() -> None:
    points = [Point("W1", 0.7, 0.6, 0.8, "/1"), Point("W2", None, None, None, "", "nothing has been rated")]
    assert drawn("_trend", trend(points, domain=ALPHA), name="Alpha") == (
        '<div class="trend"><svg width="100%" height="184" role="group" aria-label="Alpha">'
        '<svg role="none" y="8" height="144" overflow="visible"><g aria-hidden="true">'
        '<line class="axis" x1="0" x2="100%" y1="100.0%" y2="100.0%"/>'
        '<text x="-8" y="100.0%" dy="0.36em" text-anchor="end">0</text>'
        '<line class="axis" x1="0" x2="100%" y1="0.0%" y2="0.0%"/>'
        '<text x="-8" y="0.0%" dy="0.36em" text-anchor="end">1</text>'
        '<svg role="none" width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">'
        '<polygon class="band" points="23.5,40 26.5,40 26.5,20 23.5,20"/>'
        '<polyline class="foot" points="23.5,40 26.5,40"/></svg></g>'
        '<g role="list"><g role="listitem"><a href="/1"><title>W1: 0.70, from 0.60 to 0.80</title>'
        '<rect class="column" x="0.0%" width="50.0%" height="100%"/><circle cx="25.0%" cy="30.0%" r="4"/></a></g>'
        '<g role="listitem"><title>W2: nothing has been rated</title>'
        '<rect class="column" x="50.0%" width="50.0%" height="100%"/>'
        '<text x="75.0%" y="100%" dy="-0.5em" text-anchor="middle">–</text></g></g>'
        '<g aria-hidden="true"><text x="25.0%" y="168" text-anchor="middle">W1</text>'
        '<text x="75.0%" y="168" text-anchor="middle">W2</text></g></svg></svg></div>'
    )


def test_the_trend_shows_what_is_beyond_its_axis_and_what_has_no_interval() -> None:
    points = [Point("W1", -0.1, None, None, ""), Point("W2", 1.2, None, None, ""), Point("W3", 0.5, None, None, "")]
    text = drawn("_trend", trend(points, domain=ALPHA), name="Alpha")
    assert re.findall(r'<path d="(.*?)"|(<circle.*?>)|<title>(.*?)<', text) == [
        ("", "", "W1: -0.10"),
        ("M-6 -8l6 9 6-9z", "", ""),
        ("", "", "W2: 1.20"),
        ("M-6 8l6-9 6 9z", "", ""),
        ("", "", "W3: 0.50"),
        ("", '<circle class="hollow" cx="83.33%" cy="50.0%" r="4"/>', ""),
    ]


def test_a_histogram_has_the_levels_that_nobody_gave() -> None:
    assert histogram([(0, 0, ""), (1, 10, "/1"), (2, 30, "/2")]) == (
        Bar(0, 0, "", 0.0, 0.0),
        Bar(1, 10, "/1", 33.33, 25.0),
        Bar(2, 30, "/2", 100.0, 75.0),
    )
    assert histogram([(0, 0, "")]) == (Bar(0, 0, "", 0.0, 0.0),)


def test_the_histogram_is_drawn_with_the_share_of_its_highest_bar() -> None:
    assert drawn("_levels", histogram([(1, 10, ""), (2, 30, "/2")])) == (
        '<svg class="histogram" width="52" height="60" role="list" aria-label="Use of the scale">'
        '<svg role="listitem" x="0" width="26" height="60" overflow="visible"><title>Level 1: 10, 25 %</title>'
        '<rect class="column" width="26" height="60"/>'
        '<svg role="none" y="44" height="32" overflow="visible">'
        '<rect transform="scale(1 -1)" x="2" width="22" height="33.33%"/></svg>'
        '<line class="axis" x1="1" x2="25" y1="44" y2="44"/><text x="13" y="57">1</text></svg>'
        '<svg role="listitem" x="26" width="26" height="60" overflow="visible"><a href="/2"><title>Level 2: 30, 75 %</title>'
        '<rect class="column" width="26" height="60"/><text class="share" x="13" y="9">75%</text>'
        '<svg role="none" y="44" height="32" overflow="visible">'
        '<rect transform="scale(1 -1)" x="2" width="22" height="100.0%"/></svg>'
        '<line class="axis" x1="1" x2="25" y1="44" y2="44"/><text x="13" y="57">2</text></a></svg></svg>'
    )
