"""The list of responses: its filters, and what it says where there is nothing to list or to compare; the correct answer."""

import re

import pytest
from django.test import Client

from annotation.flow.score import concerns
from annotation.models import Assignment, Task, User
from tests.annotation.views.agreement.test_drilldown_url import LIST
from tests.factories import block, claim_task, judge, judged, load, make_member, make_project, make_rubric, record
from tests.markup import compact

pytestmark = pytest.mark.django_db


def test_where_nothing_is_loaded_the_list_says_that(client: Client) -> None:
    client.force_login(make_member(make_project(), "lea", "manager"))
    assert re.findall(r'<p class="empty">.*?</p>', compact(client.get(LIST).text)) == ['<p class="empty">No responses yet.</p>']


def test_where_nothing_can_be_compared_the_list_says_so_and_names_no_order_of_disagreement(client: Client) -> None:
    project = make_project()
    tasks = judged(project, [[None, None], [3, None]])
    client.force_login(make_member(project, "lea", "manager"))
    told = ("No response has ratings to compare yet: they come in the order of their ids.", "Largest disagreement first.")
    assert [one in client.get(LIST).text for one in told] == [True, False]
    judge(tasks[1], User.objects.get(username="bo"), text=5)
    assert [one in client.get(LIST).text for one in told] == [False, True]


@pytest.mark.parametrize("shows", [True, False])
def test_a_manager_sees_the_correct_answer_and_whether_those_who_judge_do(client: Client, shows: bool) -> None:
    project = make_project(rubrics=[make_rubric(shows_correct_answer=shows).name])
    load(project, [record(1, gt_answer="It is 42.")])
    client.force_login(make_member(project, "lea", "manager"))
    page = client.get(f"/responses/{Task.objects.get().pk}/").text
    assert ("It is 42." in page, "not shown to those who judge" in page) == (True, not shows)
    make_member(project, "ana")
    client.force_login(User.objects.get(username="ana"))
    client.post("/projects/study/annotate/")
    scored = client.get(f"/assignments/{Assignment.objects.held().get().pk}/").text
    assert ("It is 42." in scored, "not shown to those who judge" in scored) == (shows, False)


def test_responses_are_filtered_by_system_flag_and_words_with_the_form(client: Client) -> None:
    project = make_project(overlap=1)
    load(project, [record(1), record(2, model="system-b", answer=[block("先把纸对折")])])
    ana = make_member(project, "ana")
    slot = claim_task(Task.objects.get(response__system="system-a"), ana)
    concerns.raise_flag(assignment=slot.pk, by=ana, kind="harmful")
    client.force_login(make_member(project, "lea", "manager"))
    addresses = ("system=*", "system=system-b", "flag=open", "search=对折", "search=answer&flag=open&category=*", "flag=closed")
    pages = {address: client.get(f"/projects/study/responses/?{address}").content.decode() for address in addresses}
    assert {address: [name for name in ("PBL-0001", "PBL-0002") if name in page] for address, page in pages.items()} == {
        "system=*": ["PBL-0001", "PBL-0002"],
        "system=system-b": ["PBL-0002"],
        "flag=open": ["PBL-0001"],
        "search=对折": ["PBL-0002"],
        "search=answer&flag=open&category=*": ["PBL-0001"],
        "flag=closed": [],
    }
    assert '<option value="system-b" selected>system-b</option>' in pages["system=system-b"]


def test_responses_are_filtered_by_how_far_the_overall_scores_lie_apart(client: Client) -> None:
    project = make_project()
    judged(project, [[3, 3, None], [2, 3, 2], [1, 3, None], [1, 6, 4], [5, None, None]])
    client.force_login(make_member(project, "lea", "manager"))
    found = {spread: client.get(f"{LIST}?spread={spread}").text for spread in ("", "0", "1", "2", "3", "4")}
    assert {spread: re.findall(r"<a href=\"/responses/\d+/\">PBL-000(\d)</a>", page) for spread, page in found.items()} == {
        "": ["4", "3", "2", "1", "5"],
        "0": ["1"],
        "1": ["2"],
        "2": ["3"],
        "3": ["4"],
        "4": [],  # no such filter
    }
    assert '<option value="3" selected>3 points or more</option>' in found["3"]
