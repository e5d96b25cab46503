"""The agreement pages: every number with its reason or its link, what may be drawn, what is greyed, what is to be copied."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from annotation.agreement import reasons
from annotation.flow.agree import agreement_report
from annotation.flow.agree.drilldown import ALIKE, PACE
from annotation.flow.judgements import cache
from annotation.models import Project, Response, Task, User
from annotation.views.agreement import rows as agree_rows
from annotation.views.agreement.drilldown_url import address
from annotation.views.agreement.labels import COLUMNS, LEVELS, LIGHTS
from annotation.views.lessons.words import WHY
from tests import factories
from tests.annotation.views.agreement.report_page import PAGE, get
from tests.factories import body, judge, judged, load, make_member, make_project, make_rubric, record
from tests.markup import compact, words

pytestmark = pytest.mark.django_db
PEOPLE = "/projects/study/agreement/annotators/"


def test_the_page_says_every_reason_and_level_that_a_report_can_hold() -> None:
    said = {value for name, value in vars(reasons).items() if name.isupper()}
    assert set(WHY) == said
    for table in (WHY, LEVELS, COLUMNS):
        assert {key: str(word) for key, word in table.items()} == {key: key for key in table}


def test_each_number_of_a_criterion_opens_its_responses(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, body(text=5, penalties=["harm"]), 6]])
    page = get(client).partition('class="agreement labels"')[0]  # the numbers of labels come after
    for row in agreement_report(project)["groups"][0]["criteria"]:
        href = escape(address("study", rubric="small@1", criterion=row["criterion"]))
        names = ("alpha", "ac2", "ac1", "ordinal_kappa", "icc_single", "icc_mean")
        figures = [row[name]["value"] for name in names if name in row]
        plain = [row.get(name) for name in ("exact", "adjacent", "mean_absolute_difference")]
        shown = [number for number in figures + plain if number is not None]
        assert page.count(f'href="{href}"') == 2 + len(shown)  # and the title, and how many there are


def test_how_often_a_penalty_was_given_opens_the_responses_where_it_was(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, body(text=5, penalties=["harm"]), 6]])
    of: dict[str, Any] = {"rubric": "small@1", "criterion": "harm", "level": 1}
    for by, group in (("", {}), ("?by=system&open=small@1/harm", {"system": "system-a"})):
        href = re.escape(escape(address("study", **of, **group)))
        assert re.findall(f'<a href="{href}">(.*?)</a>', get(client, PAGE + by)) == ["16.7 %"]


def test_a_penalty_that_was_never_given_opens_nothing(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6]])
    assert '<td class="n">0.0 %</td>' in compact(get(client))


def test_an_undefined_figure_says_why(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6]])
    page = words(get(client))
    assert re.search("Images (– )?nothing has been rated( – nothing has been rated){7} 0 Not applicable in all", page)
    assert "Harm – every rating is the same" in page
    assert "too few queries for an interval" in page


def test_lights_are_on_the_lower_end_and_for_the_whole_project_alone(client: Client, project: Project, lea: User) -> None:
    judged(project, [[number % 6 + 1, number % 6 + 1, (number + number // 9) % 6 + 1] for number in range(12)])
    [row] = [row for row in agreement_report(project)["groups"][0]["criteria"] if row["criterion"] == "text"]
    assert row["alpha"]["low"] < 0.667 < row["alpha"]["value"]
    assert f'<span class="tag poor">{LIGHTS["poor"]}</span>' in get(client)
    assert 'class="tag' not in get(client, PAGE + "?by=system")


def test_penalties_have_no_lights() -> None:
    figure = {"value": 0.5, "low": 0.3, "high": 0.6, "reason": None, "n": 200}
    row = {"rubric": "small@1", "criterion": "harm", "items": 200, "pairable_items": 200, "alpha": {"level": "nominal"} | figure}
    shown = {kind: agree_rows.criterion_row("study", row | {"kind": kind}, {}, "Harm") for kind in ("penalty", "overall")}
    assert {kind: (found["chart"].light, found["light"]) for kind, found in shown.items()} == {
        "penalty": ("plain", None),
        "overall": ("poor", LIGHTS["poor"]),
    }


def test_an_annotator_of_few_judgements_is_grey(client: Client, project: Project, lea: User) -> None:
    judged(project, [[3, 4, 5]] * 29 + [[3, 4, None]])
    page = get(client, PEOPLE)
    assert re.findall('<tr class="few">\\s*<th scope="row">\\s*<a\\s[^>]*>([a-z]+)</a>', page) == ["chen"]
    assert "Annotators who share fewer than 30 responses are grey." in page


def test_most_ratings_on_one_level_are_said_where_there_are_enough(client: Client, project: Project, lea: User) -> None:
    judged(project, [[5, 5, 5]] * 21 + [[4, 5, 6]] * 9)
    assert (
        "80 % are on level 5: the annotators do not tell these responses apart. "
        "A high AC2 does not mean that they agree after all."
    ) in words(get(client))
    rows = [{"commonest": {"level": 2, "share": share}} for share in (0.69, 0.7)]
    assert [agree_rows.on_one_level(row) for row in [*rows, {}, {"commonest": None}]] == [
        *(None, {"level": 2, "share": pytest.approx(70)}),
        *(None, None),
    ]


def test_most_of_few_ratings_on_one_level_are_not_said(client: Client, project: Project, lea: User) -> None:
    judged(project, [[5, 5, 5]] * 8 + [[4, 5, 6]])
    assert "do not tell these responses apart" not in get(client)


def test_pairs_and_confusion_open_what_they_count(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6], [3, 3, None]])
    page = get(client, PAGE + "?of=small@1/text")
    pair = address("study", rubric="small@1", criterion="text", annotators=("ana", "bo"))
    assert page.count(f'href="{escape(pair)}"') == 2  # on both sides of the diagonal
    cell = escape(address("study", rubric="small@1", criterion="text", levels=(5, 6)))
    assert f'<a href="{cell}"><title>5 · 6: 2 (28.6 %)</title>' in page
    same = escape(address("study", rubric="small@1", criterion="text", levels=(5, 5)))
    assert f'<a href="{same}"><title>5 · 5: 1 (14.3 %)</title>' in page


def test_what_is_drawn_can_be_chosen_and_what_is_unknown_is_all_criteria(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6]])
    for of, criterion in (("small@1/text", "text"), ("small@1/", ""), ("", ""), ("none@9/what", ""), ("small@1/harm", "")):
        pair = address("study", rubric="small@1", criterion=criterion, annotators=("ana", "bo"))
        assert f'href="{escape(pair)}"' in get(client, f"{PAGE}?of={of}")


def test_a_week_opens_its_responses(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6]])
    [group] = agreement_report(project, ["week"])["groups"]
    assert escape(address("study", rubric="small@1", criterion="overall", week=group["by"]["week"])) in get(client)


def test_the_paper_is_there_in_three_forms_to_copy(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6]])
    page = get(client)
    for form in ("text", "markdown", "latex"):
        assert f'<textarea id="paper-{form}"' in page
        assert f'data-copies="paper-{form}"' in page
    assert "\\begin{tabular}" in page
    assert "<textarea" not in get(client, PAGE + "?by=system")


def test_htmx_gets_the_report_alone(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1]])
    part = get(client, PAGE + "?by=system", **{"HX-Request": "true"})
    assert part.strip().startswith('<div id="report"')
    assert "<html" not in part


def test_a_project_without_responses_says_so(client: Client, project: Project, lea: User) -> None:
    assert "No judgements yet." in get(client)
    assert "No judgements yet." in get(client, PEOPLE)


def test_responses_that_nobody_judged_have_reasons(client: Client, project: Project, lea: User) -> None:
    load(project, [record(1)])
    assert words(get(client)).count("nothing has been rated") >= 4 + 4 + 2 + 1  # alphas, and what stands beside them
    assert "No judgements yet." in get(client, PEOPLE)


def test_each_number_of_an_annotator_opens_their_responses(client: Client) -> None:
    """In the order of the columns; each drawn level has its own."""
    keys = ("text", "images", "layout")
    project = make_project(rubrics=[make_rubric(slug="three", criteria=[factories.criterion(key=key) for key in keys]).name])
    client.force_login(make_member(project, "lea", "manager"))
    said = [((1, 2, 2), (40, 80)), ((5, 5, 5), (90, 60)), ((3, 4, 2), (30, 30))]
    tasks = judged(
        project,
        [[body(scores=dict(zip(keys, levels, strict=True)), active_seconds=time) for time in times] for levels, times in said],
    )
    Response.objects.filter(tasks=tasks[0]).update(blocks=[factories.block("More to read than in the others. " * 9)])
    of: dict[str, Any] = {"rubric": "three@1", "annotators": ("bo",)}
    beside, judged_all = address("study", criterion="", **of), address("study", **of)
    alike, pace = (address("study", habit=habit, **of) for habit in (ALIKE, PACE))
    row = get(client, PEOPLE).partition(">bo</a>")[2].partition("</tr>")[0]
    cells = [unescape(href) for href in re.findall(r'<td class="n"><a href="([^"]*)"', compact(row))]
    assert cells == [judged_all, beside, beside, pace]  # both annotators rate alike: no halo given the response
    assert f'<a href="{escape(address("study", criterion="", level=5, **of))}">' in row
    page = get(client, f"{PEOPLE}?open=three@1/bo")
    person = page.partition('class="person"')[2].partition('class="sides"')[0]
    cells = [unescape(href) for href in re.findall(r'<td class="n"><a href="([^"]*)"', compact(person))]
    assert cells == [alike, beside, alike, pace, pace]  # nor infit or outfit
    weeks = re.findall(r'<a href="([^"]*week=[^"]*)"', page)
    assert {("criterion=*" in week, "annotator=bo" in week) for week in weeks} == {(True, True)}
    assert "week=" not in get(client, PEOPLE)  # the details of nobody are open


def test_a_figure_of_an_annotator_that_cannot_be_told_says_why(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6], [3, 3, 2]])
    page = get(client, PEOPLE)
    assert "no judgement has ratings on enough criteria" in page  # of one criterion no halo can be told
    assert "+0.22" in words(page)


def test_annotators_who_are_not_linked_stand_apart_by_name(client: Client, project: Project, lea: User) -> None:
    judged(project, [[3, 4, None], [2, 5, None], [None, None, 4]])
    page = words(get(client, PEOPLE))
    assert "Severity can only be compared within a group" in page
    assert ["Group 1: ana, bo" in page, "Without shared responses: chen" in page, "Group 2" in page] == [True, True, False]
    assert "These annotators share fewer than 30 responses" in page


def test_annotators_of_one_group_have_no_headings(client: Client, project: Project, lea: User) -> None:
    judged(project, [[3, 4, None], [2, 5, None], [None, 3, 4]] * 15)
    page = words(get(client, PEOPLE))
    assert ["Group 1" in page, "can only be compared within a group" in page] == [False, False]
    assert "share fewer than 30 responses: their" not in page


def test_the_page_may_be_a_minute_behind_and_says_of_when_it_is(
    client: Client, project: Project, lea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(project, [[1, 2, None], [5, 5, None]])
    before = get(client)
    judge(Task.objects.order_by("pk")[0], User.objects.get(username="chen"), text=6)
    assert re.findall("as of [0-9:]+", get(client)) == re.findall("as of [0-9:]+", before)
    assert "4 first judgements" in words(get(client))
    later = cache.timezone.now() + cache.A_MINUTE
    monkeypatch.setattr(cache.timezone, "now", lambda: later)
    assert "5 first judgements" in words(get(client))


def test_command_api_and_page_say_the_same(client: Client, project: Project, lea: User) -> None:
    judged(project, [[1, 2, 1], [5, 5, 6], [3, 4, 2]])
    found = client.get("/api/v1/projects/study/agreement/").json()
    assert found == agreement_report(project)
    [row] = [row for row in found["groups"][0]["criteria"] if row["criterion"] == "text"]
    assert f"Text {row['alpha']['value']:.2f} ordinal" in words(get(client))


def test_a_matrix_rounds_as_the_tables_do() -> None:
    cells = [agree_rows.cell_of({"value": value, "n": 3, "reason": None}, "", "ana · bo") for value in (0.125, 0.145, -0.001)]
    assert [(cell.text, cell.title) for cell in cells] == [
        (text, f"ana · bo: {text} (n = 3)") for text in ("0.13", "0.15", "0.00")
    ]


def test_columns_that_make_too_many_groups_are_refused_in_words_by_page_and_api(
    client: Client, project: Project, lea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(project, [[1, 2, 1], [5, 6, 5]])
    Response.objects.filter(pk=Response.objects.order_by("pk")[0].pk).update(system="system-b")
    for module in ("annotation.views.agreement.pages", "annotation.api.projects"):
        monkeypatch.setattr(f"{module}.MOST_GROUPS", 1)
    refusal = "by: these columns make more than 1 groups; choose fewer, or use the command"
    page = get(client, f"{PAGE}?by=system")
    assert f'<p class="fault" role="alert">{refusal}</p>' in page
    assert 'value="system" checked' not in page
    call = client.get("/api/v1/projects/study/agreement/?by=system&resamples=0")
    assert (call.status_code, call.json()) == (400, {"detail": refusal})
