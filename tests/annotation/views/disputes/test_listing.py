"""The list of disputes: for managers with scores and people, for adjudicators without anything that tells what is disputed."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from annotation.flow import adjudicate
from annotation.flow.labels import count_labels
from annotation.flow.setup.rules import change_rules
from annotation.models import CaseReview, Project, Query, Response, Task, User
from annotation.views.disputes import listing
from tests.factories import body, judged, make_member, make_project
from tests.markup import compact, words

pytestmark = pytest.mark.django_db
LIST = "/projects/study/adjudication/list/"
# A range of 4, of 3, a penalty that one gave, two that agree.
ROWS: list[list[Any]] = [
    [1, 5, 4],
    [6, 3, 4],
    [4, 4, body(text=4, penalties=["harm"])],
    [4, 4, 5],
    [2, 2, 3],
]
FIELDS = ["Optics", "Optics", "", "Algebra", "Algebra"]
NAMES = ("uma-annotator", "vic-annotator", "wei-annotator")


@pytest.fixture
def project() -> Project:
    """Every undisputed response is mixed in."""
    project = make_project()
    tasks = judged(project, ROWS, names=NAMES)
    for task, field in zip(tasks, FIELDS, strict=True):
        Query.objects.filter(responses__tasks=task).update(field=field)
        Response.objects.filter(tasks=task).update(system="secret-system")
    change_rules(project=project, by=None, changes={"undisputed_share": 1.0})
    return project


@pytest.fixture
def ada(project: Project) -> User:
    return make_member(project, "ada", "adjudicator")


@pytest.fixture
def lea(project: Project) -> User:
    return make_member(project, "lea", "manager")


def task_of(query: str) -> Task:
    return Task.objects.get(response__query__external_id=query)


def rows(text: str) -> list[tuple[str, ...]]:
    """The table's cells, the last column (what can be done) apart."""
    found = re.findall(r"<tr>(.*?)</tr>", text.partition("<tbody>")[2], re.DOTALL)
    return [tuple(words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL))[:-1] for row in found]


def queries(client: Client, query: str = "") -> list[str]:
    return [row[0] for row in rows(client.get(LIST + query).text)]


def test_a_manager_sees_what_waits_with_ratings_and_gap_the_largest_first(client: Client, lea: User) -> None:
    client.force_login(lea)
    found = [row[:6] + row[7:] for row in rows(client.get(LIST).text)]
    assert found[:3] == [
        row("PBL-0001", "Optics", "Text", (1, 5, 4), "4", "waiting"),
        row("PBL-0002", "Optics", "Text", (6, 3, 4), "3", "waiting"),
        row("PBL-0003", "–", "Harm", (0, 0, 1), "1", "waiting"),
    ]
    assert sorted(line[0] + line[6] for line in found[3:]) == [
        "PBL-0004waiting mixed in, not in dispute",
        "PBL-0005waiting mixed in, not in dispute",
    ]


def row(query: str, field: str, criterion: str, ratings: tuple[int, ...], gap: str, state: str) -> tuple[str, ...]:
    values = " ".join(f"{name} {value}" for name, value in zip(NAMES, ratings, strict=True))
    names = " · ".join(NAMES)
    return (query, "secret-system", "project-based-learning", field, f"{names} {criterion} {values}", gap, state)


def test_a_manager_sees_how_many_are_in_dispute_and_how_many_are_mixed_in(client: Client, lea: User, ada: User) -> None:
    client.force_login(lea)
    heading = lambda query: compact(client.get(LIST + query).text.partition("<h2>")[2].partition("</header>")[0])  # noqa: E731
    assert words(heading("")) == "5 responses 3 in dispute, 2 mixed in"
    assert words(heading("?kind=disputed")) == "3 responses"
    overview = words(client.get("/projects/study/").text.partition("awaiting adjudication")[2].partition("</dd>")[0])
    assert overview == "3 and 2 mixed in, not in dispute"
    client.force_login(ada)
    assert [word in client.get(page).text for page in (LIST, "/projects/study/") for word in ("mixed in", "in dispute")] == [
        False
    ] * 4


FILTERED = {
    "?kind=disputed&sort=-gap": ["PBL-0001", "PBL-0002", "PBL-0003"],
    "?kind=disputed&sort=gap": ["PBL-0003", "PBL-0002", "PBL-0001"],
    "?gap=3": ["PBL-0001", "PBL-0002"],
    "?gap=4&field=Optics": ["PBL-0001"],
    "?field=-": ["PBL-0003"],
    "?criterion=harm&kind=disputed": ["PBL-0003"],
    "?category=mathematics": [],
    "?age=1": [],
    "?state=in_hands": [],
    "?state=decided": [],
    "?gap=x&field=Optics&page=9&age=-1": ["PBL-0001", "PBL-0002"],
}


@pytest.mark.parametrize("query", FILTERED)
def test_a_manager_filters_and_sorts_by_the_address(client: Client, lea: User, query: str) -> None:
    client.force_login(lea)
    assert queries(client, query) == FILTERED[query]


def test_every_heading_sorts_both_ways_and_keeps_the_filters(client: Client, lea: User) -> None:
    client.force_login(lea)
    text = compact(client.get(LIST + "?kind=disputed&sort=field&page=1").text)
    headings = re.findall(r'<th scope="col"[^>]*?(?:aria-sort="(\w+)")?><a class="sort" href="([^"]*)">(.*?)</a>', text)
    assert [(name, unescape(address), direction) for direction, address, name in headings] == [
        ("Category", "?kind=disputed&sort=category", ""),
        ("Field", "?kind=disputed&sort=-field", "ascending"),
        ("Criteria", "?kind=disputed&sort=criterion", ""),
        ("Gap", "?kind=disputed&sort=-gap", ""),
        ("Last scored", "?kind=disputed&sort=-age", ""),
        ("State", "?kind=disputed&sort=state", ""),
    ]


def test_a_script_gets_the_list_alone(client: Client, lea: User) -> None:
    client.force_login(lea)
    text = client.get(LIST + "?gap=4", headers={"HX-Request": "true"}).text
    assert ([line[0] for line in rows(text)], "<h1" in text, "<form class" in text) == (["PBL-0001"], False, False)


def test_the_states_are_counted_and_tell_who_has_the_case(client: Client, project: Project, ada: User, lea: User) -> None:
    adjudicate.claim(project=project, by=ada, task=task_of("PBL-0002").pk)
    client.force_login(lea)
    text = client.get(LIST + "?state=in_hands").text
    assert [(line[0], line[7]) for line in rows(text)] == [("PBL-0002", "in progress with ada")]
    options = re.findall(r'<option value="(\w+)"[^>]*>\s*[^<(]*\((\d+)\)', text)
    assert dict(options) == {
        "waiting": "4", "reopened": "0", "in_hands": "1", "sent_back": "0", "further": "0", "changed": "0", "decided": "0",
        "unusable": "0",
    }  # fmt: skip


def test_the_count_of_labels_awaiting_adjudication_is_the_length_of_the_list(
    client: Client, project: Project, ada: User, lea: User
) -> None:
    settle(project, ada, "PBL-0001")
    adjudicate.claim(project=project, by=ada, task=task_of("PBL-0002").pk)
    client.force_login(lea)
    found = queries(client, "?state=undecided&kind=disputed")
    assert (found, count_labels(project)["disputed"]) == (["PBL-0002", "PBL-0003"], 2)


def settle(project: Project, by: User, query: str) -> CaseReview:
    review = adjudicate.claim(project=project, by=by, task=task_of(query).pk)
    assert review
    keys = [decision.criterion for decision in review.adjudication.decisions.select_related("criterion")]
    answers: dict[str, Any] = {criterion.key: 4 if criterion.is_rated else False for criterion in keys}
    if "images" in answers:
        answers["images"] = "na"
    adjudicate.score_blind(case=review.adjudication_id, by=by, answers=answers)
    decisions = {key: {"score": value, "cause": "slip", "reason": "secret reason"} for key, value in answers.items()}
    adjudicate.decide(case=review.adjudication_id, by=by, decisions=decisions)
    return review


def test_what_is_decided_has_its_own_list_with_who_decided(client: Client, project: Project, ada: User, lea: User) -> None:
    settle(project, ada, "PBL-0001")
    settle(project, ada, "PBL-0004")
    client.force_login(lea)
    assert [(line[0], line[7]) for line in rows(client.get(LIST + "?state=decided").text)] == [
        ("PBL-0001", "decided decided by ada"),
        ("PBL-0004", "decided mixed in, not in dispute decided by ada"),
    ]
    assert "PBL-0001" not in queries(client)


# -- adjudicators


def test_an_adjudicator_sees_what_waits_in_the_seeded_order_all_alike(client: Client, project: Project, ada: User) -> None:
    client.force_login(ada)
    queue = adjudicate.offered(adjudicate.read_queue(project), project, ada)
    found = rows(client.get(LIST).text)
    assert [line[0] for line in found] == queue.queries.tolist()
    assert sorted(line[0] for line in found) == [f"PBL-000{number}" for number in range(1, 6)]
    assert {line[5] for line in found} == {"waiting"}
    assert {len(line) for line in found} == {6}


SAME = [
    "?gap=4",
    "?gap=4&sort=-gap",
    "?kind=disputed",
    "?kind=mixed_in",
    "?sort=gap",
    "?sort=state",
    "?state=undecided",
    "?state=changed",
]


@pytest.mark.parametrize("query", SAME)
def test_no_filter_and_no_order_tells_an_adjudicator_what_is_disputed(client: Client, ada: User, query: str) -> None:
    client.force_login(ada)
    assert queries(client, query) == queries(client)


def test_an_adjudicator_filters_and_sorts_by_what_they_may_see(client: Client, ada: User) -> None:
    client.force_login(ada)
    assert queries(client, "?field=Algebra&sort=field") == [name for name in queries(client) if name in ("PBL-0004", "PBL-0005")]
    assert [line[2] for line in rows(client.get(LIST + "?sort=-field").text)] == ["Optics", "Optics", "Algebra", "Algebra", "–"]


def test_an_adjudicators_list_has_no_name_no_system_no_score_and_no_mark(client: Client, project: Project, ada: User) -> None:
    bea = make_member(project, "bea-adjudicator", "adjudicator")
    settle(project, bea, "PBL-0001")
    adjudicate.claim(project=project, by=bea, task=task_of("PBL-0002").pk)
    client.force_login(ada)
    for query in ("", "?state=decided", "?state=in_hands", "?sort=criterion", "?state=sent_back"):
        text = re.sub(r"\b[A-Za-z0-9]{64}\b", "", client.get(LIST + query).text)  # a random token can hold any three letters
        leaks = [*NAMES, "bea-adjudicator", "secret-system", "secret reason", "mixed", "dispute<", "Gap", "PBL-0001", "PBL-0002"]
        assert [leak for leak in leaks if leak in text] == [], query
        assert re.findall(r'class="[^"]*ratings', text) == []


def test_the_markup_of_a_disputed_and_an_undisputed_row_is_the_same(client: Client, ada: User) -> None:
    client.force_login(ada)
    text = compact(client.get(LIST).text).partition("<tbody>")[2].partition("</tbody>")[0]
    blank = [re.sub(r"PBL-\d+|Text|Images|Harm|Optics|Algebra|–|<span></span>", "", line) for line in text.split("</tr>")[:-1]]
    same = {re.sub(r'value="[^"]*"|<div class="lines">.*?</div>', "", line) for line in blank}
    assert len(same) == 1


def test_an_adjudicator_opens_a_chosen_case(client: Client, project: Project, ada: User) -> None:
    client.force_login(ada)
    task = task_of("PBL-0002").pk
    answer = client.post(LIST, {"task": task})
    review = CaseReview.objects.get(adjudicator=ada)
    assert (answer["Location"], review.adjudication.task_id) == (f"/adjudications/{review.adjudication_id}/", task)
    assert [(line[0], line[5]) for line in rows(client.get(LIST + "?state=in_hands").text)] == [("PBL-0002", "in progress")]
    other = client.post(LIST, {"task": task_of("PBL-0001").pk}, follow=True)
    assert "You have this case open: finish or skip it first." in other.text


@pytest.mark.parametrize("task", ["", "x", "0", "9" * 30, "²"])
def test_what_cannot_be_opened_is_said(client: Client, ada: User, task: str) -> None:
    client.force_login(ada)
    answer = client.post(LIST, {"task": task}, follow=True)
    assert "This response is no longer available: somebody else has it, or it is decided." in answer.text
    assert not CaseReview.objects.exists()


def test_own_decisions_and_the_state_of_what_was_sent_back_are_there(client: Client, project: Project, ada: User) -> None:
    settle(project, ada, "PBL-0001")
    settle(project, ada, "PBL-0005")
    review = adjudicate.claim(project=project, by=ada, task=task_of("PBL-0002").pk)
    assert review
    case = review.adjudication_id
    adjudicate.score_blind(case=case, by=ada, answers={"text": 4})
    adjudicate.send_back(case=case, by=ada, annotator="A", note="Look again.")
    client.force_login(ada)
    assert sorted((line[0], line[5]) for line in rows(client.get(LIST + "?state=decided").text)) == [
        ("PBL-0001", "decided"),
        ("PBL-0005", "decided"),
    ]
    sent = client.get(LIST + "?state=sent_back").text
    assert ([(line[0], line[5]) for line in rows(sent)], f'href="/adjudications/{case}/"' in sent) == (
        [("PBL-0002", "sent back")],
        True,
    )
    assert sorted(queries(client)) == ["PBL-0003", "PBL-0004"]


def test_pages_keep_filters_and_order(client: Client, lea: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    client.force_login(lea)
    text = client.get(LIST + "?kind=disputed&sort=gap").text
    assert [line[0] for line in rows(text)] == ["PBL-0003", "PBL-0002"]
    [following] = re.findall(r'<a href="([^"]*)">Next</a>', text)
    assert queries(client, unescape(following)) == ["PBL-0001"]


def test_a_manager_opens_a_case_where_managers_decide_alone(client: Client, project: Project, lea: User) -> None:
    client.force_login(lea)
    task = task_of("PBL-0001").pk
    assert ("Only adjudicators of the project decide." in client.post(LIST, {"task": task}, follow=True).text) is True
    change_rules(project=project, by=None, changes={"deciders": "managers"})
    assert 'name="task"' in client.get(LIST).text
    assert client.post(LIST, {"task": task})["Location"].startswith("/adjudications/")
