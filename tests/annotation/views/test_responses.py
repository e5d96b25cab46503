"""The list of responses: what lies behind a number, said in words, each of which can be taken away."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from annotation.flow.agree.drilldown import ALIKE, PACE
from annotation.flow.references import approve, write_answer
from annotation.models import Response
from annotation.views import responses
from annotation.views.agreement.drilldown_url import address
from tests.annotation.views.agreement.test_drilldown_url import FULL, LIST
from tests.factories import (
    block,
    body,
    criterion,
    judged,
    make_member,
    make_project,
    make_rubric,
    make_user,
    penalty,
)
from tests.markup import compact, words

pytestmark = pytest.mark.django_db
ROWS = [
    [2, 5, 4],
    [4, 4, 4],
    [5, 2, None],
    [body(text=1, active_seconds=20), None, None],
    [body(text=2, images=6, active_seconds=30), body(text=5, penalties=["harm"], active_seconds=60), None],
]


@pytest.fixture
def page(client: Client) -> Client:
    criteria = [criterion(key="text", title="Text quality"), criterion(key="images", title="Images", na="allowed"), penalty()]
    project = make_project(rubrics=[make_rubric(criteria=criteria).name])
    tasks = judged(project, ROWS)
    Response.objects.filter(tasks=tasks[4]).update(system="<gpt>")
    client.force_login(make_member(project, "lea", "manager"))
    return client


def shown(client: Client, **selection: Any) -> list[tuple[str, ...]]:
    """A row of the table: the query, the ratings, the spread."""
    text = client.get(address("study", **selection)).text
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", text, re.DOTALL)
    cells = [re.split(r"<td[^>]*>", row) for row in rows]
    return [(words(row[0]), words(row[3]), words(row[4])) for row in cells]


def parts(client: Client, url: str) -> dict[str, str]:
    """What the page says it shows, and the address without each."""
    found = re.findall(r'<a class="chip" href="([^"]*)">(.*?)<span', compact(client.get(url).text))
    return {unescape(said): unescape(without) for without, said in found}


def test_without_a_selection_all_responses_are_there(page: Client) -> None:
    assert shown(page) == [
        ("PBL-0001", "ana 2.0 bo 5.0 chen 4.0", "3.0"),
        ("PBL-0003", "ana 5.0 bo 2.0", "3.0"),
        ("PBL-0002", "ana 4.0 bo 4.0 chen 4.0", "0.0"),
        ("PBL-0004", "ana 1.0", "0.0"),
        ("PBL-0005", "ana 4.0 bo 4.0", "0.0"),
    ]


def test_a_number_opens_what_it_is_made_of_with_the_names_of_those_it_is_about(page: Client) -> None:
    assert shown(page, criterion="text", annotators=("ana", "bo"), levels=(2, 5)) == [
        ("PBL-0001", "ana 2 bo 5 chen 4", "3"),
        ("PBL-0005", "ana 2 bo 5", "3"),
    ]
    assert shown(page, criterion="images", annotators=("ana",), level=6) == [("PBL-0005", "ana 6 bo –", "–")]
    assert shown(page, criterion="harm") == [
        ("PBL-0005", "ana 0 bo 1", "1"),
        ("PBL-0001", "ana 0 bo 0 chen 0", "0"),
        ("PBL-0002", "ana 0 bo 0 chen 0", "0"),
        ("PBL-0003", "ana 0 bo 0", "0"),
    ]


def test_all_that_one_judged_is_there_with_a_dash_where_nobody_else_did(page: Client) -> None:
    assert shown(page, annotators=("ana",)) == [
        ("PBL-0003", "ana 5.0 bo 2.0", "3.0"),
        ("PBL-0001", "ana 2.0 bo 5.0 chen 4.0", "2.5"),
        ("PBL-0002", "ana 4.0 bo 4.0 chen 4.0", "0.0"),
        ("PBL-0005", "ana 4.0 bo 4.0", "0.0"),
        ("PBL-0004", "ana 1.0", "–"),
    ]


def test_the_states_of_labels_are_counted_within_what_is_shown_and_filter_it(page: Client) -> None:
    def tabs(url: str) -> dict[str, str]:
        found = re.findall(r'<a href="([^"]*)"[^>]*>([\w ]+) <b>(\d+)</b></a>', compact(page.get(url).text))
        return {f"{name} {count}": unescape(link) for link, name, count in found}

    assert tabs(LIST) == {
        "agreed 1": "?label=agreed",
        "incomplete 3": "?label=not_judged",
        "awaiting adjudication 1": "?label=disputed",
    }
    url = address("study", criterion="harm", label="agreed")
    assert tabs(url) == {
        "agreed 1": "?criterion=harm&label=agreed",
        "incomplete 2": "?criterion=harm&label=not_judged",
        "awaiting adjudication 1": "?criterion=harm&label=disputed",
    }
    assert [row[0] for row in shown(page, label="disputed")] == ["PBL-0001"]
    assert [row[0] for row in shown(page, criterion="harm", label="not_judged")] == ["PBL-0005", "PBL-0003"]
    link = "/projects/study/adjudication/list/?state=undecided&amp;kind=disputed"
    assert f'<a class="tag disputed" href="{link}">awaiting adjudication</a>' in compact(page.get(LIST).text)


def test_a_habit_shows_what_it_is_about_and_its_column_says_what_the_number_is(page: Client) -> None:
    assert shown(page, annotators=("ana",), habit=ALIKE) == [("PBL-0005", "Text quality 2 Images 6", "4")]
    assert shown(page, annotators=("bo",), habit=ALIKE) == []
    assert shown(page, annotators=("bo",), habit=PACE) == [("PBL-0005", "ana 4.0 bo 4.0", "2.00")]
    assert shown(page, annotators=("ana",), habit=PACE) == [
        ("PBL-0005", "ana 4.0 bo 4.0", "0.50"),
        ("PBL-0004", "ana 1.0", "–"),
    ]
    found = [compact(page.get(address("study", annotators=("ana",), habit=habit)).text) for habit in (ALIKE, PACE, None)]
    assert '<span title="Text quality"><small class="visually-hidden">Text quality</small>2</span>' in found[0]
    assert [
        re.findall(r'<th scope="col" class="n">(.*?)</th>|<h2>(.*?)</h2>|<p class="quiet">(.*?)</p>', text) for text in found
    ] == [
        [
            ("", "All criteria", ""),
            ("", "", "Only responses with ratings on two or more criteria. Where the ratings are closest comes first."),
            ("Range over criteria", "", ""),
        ],
        [
            ("", "Overall", ""),
            ("", "", "Only responses with a recorded time. The time farthest from the others' comes first."),
            ("Time ratio", "", ""),
        ],
        [("", "Overall", ""), ("", "", "Largest disagreement first."), ("Spread", "", "")],
    ]


def test_names_stand_at_the_ratings_where_some_are_chosen_else_in_their_titles(page: Client) -> None:
    first = [
        re.findall(r"<span title=.*?</span>", compact(page.get(address("study", criterion="text", annotators=names)).text))[:3]
        for names in (("ana", "bo"), ())
    ]
    assert first == [
        [
            '<span title="ana"><small>ana</small><b>2</b></span>',
            '<span title="bo"><small>bo</small><b>5</b></span>',
            '<span title="chen"><small>chen</small>4</span>',
        ],
        [
            '<span title="ana"><small class="visually-hidden">ana</small>2</span>',
            '<span title="bo"><small class="visually-hidden">bo</small>5</span>',
            '<span title="chen"><small class="visually-hidden">chen</small>4</span>',
        ],
    ]


def test_of_all_criteria_each_response_shows_the_one_that_is_worst(page: Client) -> None:
    assert shown(page, criterion="", system="<gpt>") == [("PBL-0005", "Text quality ana 2 bo 5", "3")]


def test_the_page_says_what_is_shown_and_takes_each_part_away(page: Client) -> None:
    about = {name: FULL[name] for name in ("category", "field", "subfield", "system", "round", "week", "label", "spread")}
    of = {"rubric": "small@1", "annotators": ("ana", "bo")}
    assert parts(page, address("study", **FULL)) == {
        "Text quality": address("study", **of, **about),
        "ana and bo": address("study", **FULL | {"annotators": ()}),
        "levels 2 and 5": address("study", **FULL | {"levels": None}),
        "level 3": address("study", **FULL | {"level": None}),
        "rubric: small@1": address("study", **FULL | {"rubric": None}),
        "category: project-based-learning": address("study", **FULL | {"category": None}),
        "field: –": address("study", **FULL | {"field": None}),
        "subfield: Optics & light": address("study", **FULL | {"subfield": None}),
        "system: gpt": address("study", **FULL | {"system": None}),
        "round: 1": address("study", **FULL | {"round": None}),
        "week: 2026-W48": address("study", **FULL | {"week": None}),
        "label: agreed": address("study", **FULL | {"label": None}),
        "overall scores apart: 3 points or more": address("study", **FULL | {"spread": None}),
    }
    alone = {"ana compared with the others": LIST, "All criteria": address("study", annotators=("ana",))}
    assert parts(page, address("study", criterion="", annotators=("ana",))) == alone | {
        "ana compared with the others": address("study", criterion="")
    }
    assert parts(page, address("study", rubric="small@2", criterion="text", system="<gpt>"))[
        "text"
    ]  # a rubric without titles here
    assert [list(parts(page, address("study", criterion=key))) for key in ("overall", "images")] == [["Overall"], ["Images"]]
    assert parts(page, LIST) == {}


def test_what_one_annotator_did_is_said_in_words_and_each_part_taken_away(page: Client) -> None:
    of = {"rubric": "small@1", "annotators": ("ana",)}
    said = {"ana: similarity of the criteria": ALIKE, "ana: time compared with the others": PACE}
    assert {words: parts(page, address("study", **of, habit=habit)) for words, habit in said.items()} == {
        words: {
            words: address("study", **of),
            "rubric: small@1": address("study", annotators=("ana",), habit=habit),
        }
        for words, habit in said.items()
    }
    assert parts(page, address("study", annotators=("ana",))) == {"everything judged by ana": LIST}
    assert [list(parts(page, address("study", annotators=("ana",), **more))) for more in ({"level": 1}, {"levels": (2, 5)})] == [
        ["ana compared with the others", "level 1"],
        ["ana compared with the others", "levels 2 and 5"],
    ]


def test_of_a_penalty_it_is_said_that_it_was_given(page: Client) -> None:
    found = {key: list(parts(page, address("study", criterion=key, level=1))) for key in ("harm", "text", "")}
    assert found == {"harm": ["Harm", "applies"], "text": ["Text quality", "level 1"], "": ["All criteria", "level 1"]}
    assert list(parts(page, address("study", criterion="harm", level=0))) == ["Harm", "level 0"]
    assert shown(page, criterion="harm", level=1) == [("PBL-0005", "ana 0 bo 1", "1")]


def test_other_pages_and_another_criterion_keep_what_is_shown(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "PAGE", 1)
    url = address("study", criterion="text", annotators=("ana", "bo"), levels=(2, 5), system="<gpt>", category="")
    kept = [("annotator", "ana"), ("annotator", "bo"), ("levels", "2,5")]
    form = compact(page.get(url).text).partition('<form class="filters"')[2].partition("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    assert [(name, unescape(value)) for name, value in hidden] == kept
    assert re.findall(r'<option value="([^"]+)" selected', form) == ["text", "&lt;gpt&gt;"]
    assert '<option value="" selected>–</option>' in form  # of no category
    first = address("study", criterion="text", annotators=("ana", "bo"), levels=(2, 5), category="project-based-learning")
    following = re.findall(r'<a href="(\?[^"]*)">Next</a>', compact(page.get(first).text))
    assert [unescape(found) for found in following] == [
        "?criterion=text&annotator=ana&annotator=bo&levels=2%2C5&category=project-based-learning&page=2"
    ]
    rows = re.findall(r'<th scope="row"><a[^>]*>(.*?)</a>', compact(page.get(LIST + unescape(following[0])).text))
    assert rows == ["PBL-0005"]


@pytest.mark.parametrize(
    "query",
    [
        "rubric=other@1", "criterion=taste", "rubric=small@1&criterion=taste", "annotator=zoe", "annotator=ana&annotator=zoe",
        "annotator=ana&annotator=bo&annotator=chen", "annotator=ana&annotator=ana", "annotator=", "levels=2", "levels=2,5,6",
        "levels=a,b", "levels=8,9", "level=x", "level=99999", "level=1" + "0" * 400, "levels=nan,1", "category=x",
        "subfield=x", "system=<b>", "round=0", "week=2026-W99", "week=x",
        "label=x",
        "habit=alike", "annotator=ana&annotator=bo&habit=pace", "annotator=ana&habit=x",
        "annotator=ana&habit=alike&level=1", "annotator=ana&habit=alike&levels=2,5", "annotator=zoe&habit=alike",
        "annotator=zoe&habit=pace", "criterion=text&annotator=ana&habit=x", "annotator=&habit=alike",
    ],
)  # fmt: skip
def test_what_is_not_there_is_an_empty_list_that_says_so(query: str, page: Client) -> None:
    answer = page.get(f"{LIST}?{query}")
    assert (answer.status_code, re.findall(r'<p class="empty">.*?</p>', compact(answer.text))) == (
        200, [f'<p class="empty">No response matches. <a href="{LIST}">All responses</a></p>']
    )  # fmt: skip
    assert "<b>" not in answer.text


@pytest.mark.parametrize("query", ["field=%00", "label=%00", "annotator=ana&habit=%00"])
def test_a_choice_with_a_nul_character_is_refused(query: str, page: Client) -> None:
    answer = page.get(f"{LIST}?{query}")
    assert (answer.status_code, "The address has a NUL character." in answer.text, 'class="row' in answer.text) == (
        400,
        True,
        False,
    )


def test_only_what_says_something_of_agreement_stands_behind_it_and_the_page_says_so(page: Client) -> None:
    said = "Only responses with two or more ratings: a single rating shows no agreement."
    chosen: list[dict[str, Any]] = [{}, {"rubric": "small@1"}, {"criterion": "overall"}, {"annotators": ("ana",)}]
    chosen += [{"criterion": "", "annotators": ("ana",)}, {"criterion": "text", "annotators": ("ana",), "level": 1}]
    assert [(said in page.get(address("study", **some)).text, len(shown(page, **some))) for some in chosen] == [
        (False, 5), (False, 5), (True, 4), (False, 5), (True, 4), (False, 1)
    ]  # fmt: skip


def test_htmx_gets_the_list_alone(page: Client) -> None:
    answer = page.get(address("study", criterion="text"), headers={"HX-Request": "true"})
    assert answer.text.strip().startswith('<section id="list"')
    assert ("<html" in answer.text, "PBL-0001" in answer.text) == (False, True)
    assert "HX-Request" in answer["Vary"].split(", ")  # or going back would show the list alone


def test_a_judgement_with_an_earlier_reference_answer_is_told(page: Client) -> None:
    query = Response.objects.order_by("query__external_id")[0].query
    task = query.responses.get().tasks.get()
    eva, lea = make_member(query.project, "eva", "expert"), make_user("lea", password=None)
    approve(revision=write_answer(query=query, level=3, blocks=[block("Middling")], by=eva), by=lea)
    assert page.get(f"/responses/{task.pk}/").text.count("Judged with an earlier reference answer of level 3, or none") == 3
