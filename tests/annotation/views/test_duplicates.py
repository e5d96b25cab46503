import re
from typing import Any

import pytest
from django.test import Client

from annotation.flow.duplicates import resolve
from annotation.models import PossibleDuplicate, Project, Query, User
from annotation.views.word_diff import MOST_WORDS, differing, in_words
from tests.factories import block, claim_task, load, make_member, make_project, make_rubric, png, record, responses
from tests.markup import compact

pytestmark = pytest.mark.django_db

TEXT = "One, two, three: four five six seven eight nine ten eleven twelve."
ADDRESS = "/projects/study/duplicates/"


@pytest.fixture
def project() -> Project:
    project = make_project()
    asked = [
        record(1, question=[block(TEXT, "a.png")], source="https://example.org/x", field="art"),
        record(2, question=[block(TEXT.replace("twelve", "<12>"), "a.png")], source="https://example.org/x?id=2"),
        record(3),
    ]
    load(project, asked, {"a.png": png()})
    return project


@pytest.fixture
def lea(project: Project) -> User:
    return make_member(project, "lea", "manager")


@pytest.fixture
def pair(project: Project) -> PossibleDuplicate:
    return PossibleDuplicate.objects.get()


@pytest.fixture
def page(client: Client, lea: User) -> Client:
    client.force_login(lea)
    return client


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def buttons(html: str) -> list[str]:
    return [text_of(found) for found in re.findall(r"<button[^>]*>(.*?)</button>", html.split("<article")[-1], re.DOTALL)]


def dropped() -> list[str]:
    return list(Query.objects.exclude(dropped_at=None).values_list("external_id", flat=True))


def test_a_pair_stands_side_by_side_with_its_reasons_and_what_differs_marked(page: Client, pair: PossibleDuplicate) -> None:
    html = page.get(ADDRESS).content.decode()
    assert re.findall(r'<li class="tag">(.*?)</li>', html) == [
        "81 % of the text is the same",
        "the same source except for the address&#x27;s query string",
        "an image is the same",
    ]
    assert re.findall(r"<mark>(.*?)</mark>", html) == ["twelve.", "12&gt;."]
    said = text_of(html)
    assert "project-based-learning · art 1 response , 0 judgements Source: https://example.org/x" in said.replace(
        "1 response,", "1 response ,"
    )
    assert [alt for alt in re.findall(r'alt="(.*?)"', html) if alt] == ["Image 1 of PBL-0001", "Image 1 of PBL-0002"]
    assert buttons(html) == [
        "Same: merge into PBL-0001",
        "Drop PBL-0001",
        "Same: merge into PBL-0002",
        "Drop PBL-0002",
        "Different: keep both",
    ]


def test_what_people_have_begun_to_judge_is_not_offered_to_go(page: Client, project: Project, pair: PossibleDuplicate) -> None:
    claim_task(project.tasks.get(response__query=pair.first), make_member(project, "ana"))
    html = page.get(ADDRESS).content.decode()
    assert buttons(html) == ["Same: merge into PBL-0001", "Drop PBL-0002", "Different: keep both"]
    assert "Scoring has started: it cannot be dropped." in html


def test_queries_of_two_categories_are_not_offered_to_be_merged(page: Client, lea: User) -> None:
    other = make_rubric(slug="other", category="situational-analysis")
    mixed = make_project(slug="mixed", rubrics=["small", other.name])
    load(mixed, [record(1, question=[block(TEXT)]), record(2, id="SA-0001", question=[block(TEXT)])])
    page.force_login(make_member(mixed, "lea", "manager"))
    html = page.get("/projects/mixed/duplicates/").content.decode()
    assert buttons(html) == ["Drop PBL-0001", "Drop SA-0001", "Different: keep both"]


@pytest.mark.parametrize(
    ("said", "verdict", "told", "gone"),
    [
        ({"verdict": "different"}, "different", "PBL-0001 and PBL-0002 are different: both are kept.", []),
        ({"into": "PBL-0001"}, "merged", "PBL-0002 was merged into PBL-0001.", ["PBL-0002"]),
        ({"drop": "PBL-0001"}, "dropped", "PBL-0001 was dropped.", ["PBL-0001"]),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_button_decides_with_and_without_javascript(
    page: Client, pair: PossibleDuplicate, said: dict[str, str], verdict: str, told: str, gone: list[str], htmx: bool
) -> None:
    headers = {"HX-Request": "true"} if htmx else {}
    answer = page.post(f"/duplicates/{pair.pk}/", said | {"back": "page=1"}, headers=headers)
    pair.refresh_from_db()
    assert (pair.verdict, dropped()) == (verdict, gone)
    if htmx:
        html = answer.content.decode()
        assert html.strip().startswith(f'<article class="card pair" id="pair-{pair.pk}"')
        assert f'tabindex="-1" autofocus>{told}</h2>' in compact(html)  # the pressed button is gone
        assert re.findall(r'"true">\d</b>', html) == ['"true">0</b>', '"true">1</b>']
    else:
        assert answer["Location"] == f"{ADDRESS}?page=1"
        assert told in page.get(ADDRESS).content.decode()


def test_a_decided_pair_says_who_and_when_and_a_drop_is_undone(page: Client, pair: PossibleDuplicate) -> None:
    page.post(f"/duplicates/{pair.pk}/", {"drop": "PBL-0002"})
    html = page.get(f"{ADDRESS}?show=decided").content.decode()
    assert re.search(r'<span class="tag">dropped</span>\s*<small>lea, ', compact(html))
    assert buttons(html) == ["Restore PBL-0002"]
    answer = page.post(f"/duplicates/{pair.pk}/restore/", headers={"HX-Request": "true"})
    assert "PBL-0001 and PBL-0002 are in the study again." in answer.content.decode()
    assert (dropped(), list(PossibleDuplicate.objects.undecided())) == ([], [pair])


def test_a_pair_that_led_to_no_drop_undoes_none(page: Client, pair: PossibleDuplicate, lea: User) -> None:
    page.post(f"/duplicates/{pair.pk}/", {"verdict": "different"})
    resolve.drop(query=pair.first, by=lea)  # for another pair, say
    answer = page.post(f"/duplicates/{pair.pk}/restore/", headers={"HX-Request": "true"})
    assert '<p class="faults" role="alert">Nothing was dropped for this pair.' in answer.content.decode()
    assert dropped() == ["PBL-0001"]


def test_a_merge_offers_no_undo(page: Client, pair: PossibleDuplicate) -> None:
    page.post(f"/duplicates/{pair.pk}/", {"into": "PBL-0002"})
    html = page.get(f"{ADDRESS}?show=decided").content.decode()
    assert buttons(html) == []
    assert "PBL-0001 into PBL-0002; a merge cannot be undone" in html
    answer = page.post(f"/duplicates/{pair.pk}/restore/", headers={"HX-Request": "true"})
    assert '<p class="faults" role="alert">PBL-0001 was merged' in answer.content.decode()


@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_refused_is_said_in_its_place(page: Client, pair: PossibleDuplicate, lea: User, htmx: bool) -> None:
    resolve.drop(query=pair.first, by=lea)
    address = f"/duplicates/{pair.pk}/"
    answer = page.post(address, {"drop": "PBL-0002"}, headers={"HX-Request": "true"} if htmx else {}, follow=not htmx)
    html = answer.content.decode()
    assert "PBL-0001 was dropped already." in html
    assert dropped() == ["PBL-0001"]
    assert buttons(html) == [] if htmx else "No possible duplicates" in html


def test_an_empty_list_says_what_would_stand_there(client: Client) -> None:
    project = make_project()
    responses(project, 2)
    client.force_login(make_member(project, "lea", "manager"))
    assert "No possible duplicates" in client.get(ADDRESS).content.decode()
    assert "Nothing is decided yet" in client.get(f"{ADDRESS}?show=decided").content.decode()


def test_the_overview_counts_what_waits(page: Client, pair: PossibleDuplicate, lea: User) -> None:
    assert "1 possible duplicate pair of queries." in page.get("/projects/study/").content.decode()
    resolve.keep(pair=pair, by=lea)
    assert "may be the same." not in page.get("/projects/study/").content.decode()


def test_the_overview_and_the_home_page_count_no_dropped_query(page: Client, pair: PossibleDuplicate, lea: User) -> None:
    resolve.drop(query=pair.first, by=lea)
    assert "0 <small>/ 6</small>" in page.get("/projects/study/").content.decode()
    assert "2 responses" in page.get("/").content.decode()


def test_the_response_of_a_dropped_query_is_still_there_for_a_manager(page: Client, pair: PossibleDuplicate, lea: User) -> None:
    resolve.drop(query=pair.first, by=lea)
    address = f"/responses/{pair.first.responses.get().tasks.get().pk}/"
    assert "Its query was dropped on" in page.get(address).content.decode()
    assert address not in page.get("/projects/study/responses/").content.decode()


def test_the_list_is_cut_into_pages(page: Client, project: Project) -> None:
    for number in range(21):
        load(project, [record(100 + 2 * number + copy, question=[block(f"Short text {number}")]) for copy in (0, 1)])
    html = page.get(f"{ADDRESS}?page=2").content.decode()
    assert (html.count("<article"), "Page 2 of 2" in html) == (2, True)


def test_words_that_differ_are_marked_without_regard_to_case_and_punctuation() -> None:
    first, second = differing([["(One ", "two, ", "three."], ["one ", "2, ", "three!"]])
    assert first == [("(One ", False), ("two, ", True), ("three.", False)]
    assert second == [("one ", False), ("2, ", True), ("three!", False)]


def test_a_long_text_is_cut(client: Client) -> None:
    project = make_project()
    text = " ".join(f"w{number}" for number in range(MOST_WORDS + 1))
    load(project, [record(1, question=[block(text)]), record(2, question=[block(text)])])
    client.force_login(make_member(project, "lea", "manager"))
    html = client.get(ADDRESS).content.decode()
    assert (html.count(f"w{MOST_WORDS - 1} …"), html.count(f"w{MOST_WORDS}")) == (2, 0)


@pytest.mark.parametrize(
    ("reasons", "found"),
    [
        ({"text": 0.7}, ["70 % of the text is the same"]),
        ({"source": "same"}, ["the same source"]),
        ({"image": 1}, ["an image is nearly the same (1 of 64 bits differs)"]),
        ({"image": 6}, ["an image is nearly the same (6 of 64 bits differ)"]),
    ],
)
def test_reasons_are_said_in_words_with_figures(reasons: dict[str, Any], found: list[str]) -> None:
    assert list(in_words(reasons)) == found


def test_a_manager_of_another_project_sees_and_decides_nothing(client: Client, pair: PossibleDuplicate) -> None:
    elsewhere = make_project(slug="elsewhere", rubrics=["small"])
    load(elsewhere, [record(1, question=[block(TEXT)]), record(2, question=[block(TEXT)])])
    client.force_login(make_member(elsewhere, "otto", "manager"))
    assert PossibleDuplicate.objects.count() == 2
    assert client.get("/projects/elsewhere/duplicates/").content.decode().count("<article") == 1
    for address in (f"/duplicates/{pair.pk}/", f"/duplicates/{pair.pk}/restore/"):
        assert client.post(address, {"drop": "PBL-0001"}).status_code == 404
    assert dropped() == []


def test_marks_that_reorder_text_are_shown_as_such(page: Client, project: Project) -> None:
    text = "safe \u202e evil, and so many other words that two queries have them all in common"
    load(project, [record(number, question=[block(text)], source=f"https://\u202e.example/{number}") for number in (8, 9)])
    html = page.get(ADDRESS).content.decode()
    assert ("safe ⟨U+202E⟩ evil" in html, "https://⟨U+202E⟩.example/8" in html, "\u202e" in html) == (True, True, False)
