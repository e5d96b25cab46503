"""Labels on the agreement page: both intervals with their words, shares that fill a bar, the D-study with the project's own k."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation.flow.agree import agreement_report
from annotation.models import Project, User
from annotation.views.agreement.drilldown_url import address
from annotation.views.agreement.label_rows import d_study, ends, in_percent, stacked
from tests.annotation.agreement.arrays import study
from tests.annotation.views.agreement.report_page import PAGE, get
from tests.factories import judged, make_member, make_project
from tests.markup import words

pytestmark = pytest.mark.django_db
TWO_WAY = {"low": 0.2, "high": 0.7, "no_interval": None}


@pytest.fixture
def project() -> Project:
    project = make_project(overlap=3)
    judged(project, study(16, annotators=3, missing=0).ratings.T.astype(int).tolist())
    return project


def labels_of(page: str) -> str:
    return page.partition('class="agreement labels"')[2].partition("</table>")[0]


def test_each_figure_of_labels_has_both_intervals(client: Client, project: Project, lea: User) -> None:
    [group] = agreement_report(project)["groups"]
    text = group["criteria"][0]
    shown = words(labels_of(get(client)))
    for figure, factor, digits in (
        (text["label"]["reliability"], 1, 2),
        (text["label"]["sem"], 1, 2),
        (text["label"]["decision_consistency"], 100, 0),
        (text["label"]["decision_accuracy"], 100, 0),
        *((share, 100, 0) for share in text["label"]["shares"].values() if share["low"] is not None),
    ):
        own, others = figure, figure["two_way"]
        numbers = [factor * number for number in (own["value"], own["low"], own["high"], others["low"], others["high"])]
        value, low, high, lower, higher = (f"{number:.{digits}f}" for number in numbers)
        assert f"{value} {low} – {high} others {lower} – {higher}" in shown


def test_the_page_says_when_to_read_which_interval(client: Client, project: Project, lea: User) -> None:
    sentences = (
        "the first is for these annotators: read it if the same people label the rest. The second, in italics, is for others of "
        "their kind: read it if other people will."
    )
    assert sentences in words(get(client))
    assert sentences not in words(get(client, PAGE + "?by=system"))
    assert 'class="agreement labels"' not in get(client, PAGE + "?by=system")


def test_two_annotators_have_the_reason_for_no_second_interval(client: Client) -> None:
    project = make_project(overlap=2)
    client.force_login(make_member(project, "lea", "manager"))
    judged(project, study(16, annotators=2, missing=0).ratings.T.astype(int).tolist(), names=("ana", "bo"))
    assert "– too few annotators for an interval" in words(labels_of(get(client)))


def test_where_nothing_was_rated_there_is_the_reason_and_no_bar(client: Client, project: Project, lea: User) -> None:
    images = labels_of(get(client)).partition(">Images<")[2].partition("</tr>")[0]
    assert images.count('<span class="visually-hidden"> nothing has been rated</span>') == 8
    assert "<svg" not in images


def test_the_share_adjudicated_opens_the_adjudicated_responses(client: Client, project: Project, lea: User) -> None:
    href = address("study", rubric="small@1", label="adjudicated").replace("&", "&amp;")
    labels = labels_of(get(client))
    assert re.findall(f'<a href="{re.escape(href)}">(.*?)</a>', labels) == ["0 %", "0 %"]  # no label has a value on images
    assert labels.count("no response has a label") == 2  # in a title and in words


def test_the_study_is_of_the_chosen_criterion_or_of_the_overall(project: Project) -> None:
    [group] = agreement_report(project)["groups"]
    rows = {row["criterion"]: row["label"] for row in group["criteria"] if "label" in row}
    for criterion, key in (("text", "text"), (None, "overall")):
        chart = d_study(group["criteria"], "small@1", criterion)
        assert chart is not None
        steps = rows[key]["d_study"]
        assert [mark.point.value for mark in chart.reliability.marks] == [step["reliability"]["value"] for step in steps]
        assert [mark.point.value for mark in chart.sem.marks] == [step["sem"]["value"] for step in steps]
        assert [mark.point.label for mark in chart.sem.marks] == ["1", "2", "3", "4", "5", "6"]
        assert chart.here == chart.sem.marks[2].x  # three ratings each
    assert d_study(group["criteria"], "small@1", "images") is None
    assert d_study(group["criteria"], "other@1", "text") is None


def test_more_ratings_than_the_study_has_are_not_marked() -> None:
    step = {"reliability": {"value": 0.5, "reason": None}, "sem": {"value": 0.75, "reason": None}}
    for k, here in ((1.0, 8.33), (6.0, 91.67), (6.4, 98.33), (6.5, None), (8.0, None)):
        label = {"k": k, "d_study": [{"annotators": number, **step} for number in range(1, 7)]}
        chart = d_study([{"rubric": "r", "criterion": "text", "label": label}], "r", "text")
        assert chart is not None
        assert (chart.here, chart.sem.ticks) == (here, ((100.0, "0"), (0.0, "1")))


@pytest.mark.parametrize(
    ("two_way", "expected"),
    [(TWO_WAY, (0.2, 0.7)), ({"low": None, "high": None, "no_interval": "why"}, (0.4, 0.6)), (None, (0.4, 0.6))],
)
def test_the_study_draws_the_interval_for_others_where_there_is_one(two_way: Any, expected: tuple[float, float]) -> None:
    figure = {"value": 0.5, "low": 0.4, "high": 0.6} | ({"two_way": two_way} if two_way else {})
    assert ends(figure) == expected
    assert ends({"value": 0.5}) == (None, None)


def test_shares_fill_a_bar_from_end_to_end() -> None:
    assert stacked([0.5, 0.125, 0.375]) == [("response", 0.0, 50.0), ("annotator", 50.0, 12.5), ("residual", 62.5, 37.5)]
    assert stacked([0.5, None, 0.5]) == []


def test_a_share_in_percent_keeps_its_reasons() -> None:
    figure = {"value": 0.5, "n": 3, "reason": None, "low": None, "high": None, "no_interval": "too few queries for an interval"}
    actual = in_percent(figure | {"two_way": {"low": 0.25, "high": 0.75, "no_interval": None}})
    assert (actual["value"], actual["low"], actual["two_way"]["low"], actual["two_way"]["high"]) == (50.0, None, 25.0, 75.0)
    assert (str(actual["why"]), actual["why_two_way"]) == ("too few queries for an interval", None)
