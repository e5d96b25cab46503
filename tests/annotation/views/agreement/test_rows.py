"""A row of the page: an interval for every figure, what "not applicable" costs, and who may have been copied."""

import re
from itertools import combinations
from typing import Any

import pytest
from django.template.defaultfilters import floatformat
from django.test import Client
from django.utils.html import escape

from annotation.flow.agree import agreement_report
from annotation.models import Project, User
from annotation.views.agreement import rows as agree_rows
from annotation.views.agreement.drilldown_url import address
from annotation.views.agreement.rows import pairs_of
from tests.annotation.views.agreement.report_page import PAGE, get
from tests.factories import body, judged
from tests.markup import compact, words

pytestmark = pytest.mark.django_db


def test_every_figure_of_a_row_has_its_interval(client: Client, project: Project, lea: User) -> None:
    judged(project, [[number % 6 + 1, number % 6 + 1, body(text=(number + number // 9) % 6 + 1)] for number in range(12)])
    judged_text = {row["criterion"]: row for row in agreement_report(project)["groups"][0]["criteria"]}["text"]
    shown = agree_rows.criterion_row("study", judged_text, {}, "Text")
    figures = [*shown["figures"], *shown["numbers"]]
    assert len(figures) == 7
    page = compact(get(client))
    for figure in figures:
        low, high = (floatformat(figure[end], 2) for end in ("low", "high"))
        assert f"<br><small>{low} – {high}</small>" in page


def test_how_often_a_penalty_applies_has_its_interval_in_percent() -> None:
    prevalence = {"value": 0.05, "low": 0.041, "high": 0.0625, "reason": None, "n": 200}
    alpha = {"level": "nominal", "value": 0.5, "reason": None, "n": 200}
    row = {"rubric": "small@1", "criterion": "harm", "kind": "penalty", "items": 200, "pairable_items": 200, "alpha": alpha}
    shown = agree_rows.criterion_row("study", row | {"prevalence": 0.05, "intervals": {"prevalence": prevalence}}, {}, "Harm")
    assert (shown["percent"], shown["percent_ends"]) == (5.0, pytest.approx((4.1, 6.25)))


@pytest.mark.parametrize(
    ("ac1", "lost", "warned"), [(0.4, 0.4375, True), (0.9, 0.4375, False), (0.4, 0.19, False), (0.4, None, False)]
)
def test_pairs_lost_to_not_applicable_are_a_warning_where_annotators_disagree_on_it(
    ac1: float, lost: float | None, warned: bool
) -> None:
    figure = {"low": None, "high": None, "reason": None, "no_interval": None, "n": 40}
    figures = {
        name: {"value": value, **figure}
        for name, value in {"alpha": 0.1, "ac1": ac1, "not_applicable": 0.25, "pairs_lost": lost}.items()
    }
    about = agree_rows.applicability({"applicability": figures})
    assert about is not None
    assert (about["share"], about["lost"], about["many"]) == (25, None if lost is None else 100 * lost, warned)
    never = figures | {"not_applicable": {"value": 0.0, **figure}}
    assert agree_rows.applicability({"applicability": never}) is agree_rows.applicability({}) is None


def test_a_criterion_that_was_not_applicable_says_what_that_costs(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6], [3, 2, 2]])
    assert (
        "Not applicable in all judgements in which it could be. 100 % of the pairs of judgements are lost to every figure, "
        'since one or both are "not applicable".'
    ) in words(get(client))


def test_kappas_of_pairs_over_all_criteria_are_listed_with_intervals(client: Client, project: Project, lea: User) -> None:
    judged(project, [[number % 6 + 1, number % 6 + 1, (number + number // 9) % 6 + 1] for number in range(12)])
    pairs = agreement_report(project)["pairs"]
    listed = agree_rows.pair_rows("study", pairs, "small@1", None)
    assert [row["names"] for row in listed] == ["ana · chen", "bo · chen"]  # ana and bo are equal: no interval
    figure = listed[0]["figure"]
    low, high = (floatformat(figure[end], 2) for end in ("low", "high"))
    assert re.search(
        f'<th scope="row">ana · chen</th>.*?<br><small>{low} – {high}</small></td><td class="n">12</td>', compact(get(client))
    )
    assert agree_rows.pair_rows("study", pairs, "small@1", "text") == []


def test_a_copied_column_opens_the_ratings_of_the_two(client: Client, project: Project, lea: User) -> None:
    own = [1 + number * number % 6 for number in range(30)]
    judged(project, list(zip(own, own, own[::-1], strict=True)))
    pair = escape(address("study", rubric="small@1", criterion="", annotators=("ana", "bo")))
    assert "ana and bo gave the same score in 100 % of 30 cases (small@1). Most often" in words(get(client))
    assert f'<a href="{pair}">Compare their ratings</a>' in get(client)
    assert f'<a href="{pair}">Compare their ratings</a>' in get(client, PAGE + "?by=system")


def kappas(names: list[str], least: tuple[str, str]) -> list[dict[str, Any]]:
    """The kappa of the pair `least` is lowest; those of the first two annotators rest on few responses."""
    return [
        {
            "rubric": "small@1",
            "criterion": None,
            "annotators": list(pair),
            "weighted_kappa": {
                "value": 0.1 if pair == least else 0.0 if pair == (names[0], names[1]) else 0.5 + number / 10_000,
                "n": 29 if pair == (names[0], names[1]) else 30,
                "reason": None,
            },
        }
        for number, pair in enumerate(combinations(names, 2))
    ]


def test_of_up_to_24_annotators_the_matrix_has_all() -> None:
    names = [f"ann-{number:02}" for number in range(24)]
    pairs = pairs_of("study", kappas(names, ("ann-03", "ann-20")), "small@1", None)
    assert pairs is not None
    assert ([label.name for label, _squares in pairs["matrix"].rows], pairs["worst"], pairs["annotators"]) == (names, [], 24)


def test_of_more_annotators_the_matrix_has_those_of_the_pairs_that_agree_least_and_a_list_names_these() -> None:
    names = [f"ann-{number:02}" for number in range(30)]
    pairs = pairs_of("study", kappas(names, ("ann-03", "ann-29")), "small@1", None)
    assert pairs is not None
    assert (pairs["annotators"], len(pairs["matrix"].rows), len(pairs["worst"])) == (30, 24, 12)
    assert [worst["names"] for worst in pairs["worst"][:2]] == ["ann-03 · ann-29", "ann-00 · ann-02"]
    assert (
        pairs["worst"][0]["href"] == "/projects/study/responses/?rubric=small%401&criterion=*&annotator=ann-03&annotator=ann-29"
    )
    assert {"ann-03", "ann-29"} <= {label.name for label, _squares in pairs["matrix"].rows}
    assert not any(worst["few"] for worst in pairs["worst"])  # what rests on few responses comes last


def test_a_renamed_annotator_stands_by_the_name_of_now(client: Client, project: Project, lea: User) -> None:
    judged(project, [[4, 4], [2, 3]])
    User.objects.filter(username="ana").update(username="zoe")
    client.force_login(lea)
    page = client.get(f"{PAGE}?chart=small@1/text")
    matrix = pairs_of("study", agreement_report(project)["pairs"], "small@1", None)
    assert matrix is not None
    assert ([label.name for label, _squares in matrix["matrix"].rows], page.status_code) == (["bo", "zoe"], 200)


def test_without_two_annotators_there_is_no_matrix() -> None:
    assert pairs_of("study", [], "small@1", None) is None
