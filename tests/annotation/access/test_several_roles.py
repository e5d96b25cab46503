"""Somebody with several roles in a project may do what each may, and none of them shows what another must not see."""

import re
from typing import Any

import pytest
from django.test import Client

from annotation.access.history import response_history
from annotation.errors import Refused
from annotation.flow import adjudicate, score
from annotation.flow.assign import make_further_slots
from annotation.flow.score import concerns
from annotation.models import Image, Membership, Project, Query, Rules, Task, User
from tests.annotation.access.test_membership import OF_A_CASE, addresses
from tests.annotation.access.test_scorers import SCORES, holding, shown_to
from tests.annotation.flow.adjudicate.cases import make_disputed_project, settle, started
from tests.factories import judge, judged, load, make_member, png, record
from tests.markup import words

pytestmark = pytest.mark.django_db
__all__ = ["addresses"]  # a fixture


@pytest.fixture
def project() -> Project:
    return make_disputed_project()


def history(task: Task, who: str) -> list[str]:
    membership = Membership.objects.filter(project=task.project, user__username=who).whole()[0]
    [task] = Task.objects.with_history_for(membership.user).filter(pk=task.pk)
    return [line.text for line in response_history(task, membership)]


def disputed_by_others(project: Project) -> Task:
    load(project, [record(2)])
    task = Task.objects.get(response__query__external_id="PBL-0002")
    for name, level in (("bo", 1), ("cai", 1), ("dan", 6)):
        judge(task, make_member(project, name), text=level)
    return task


def test_nobody_adjudicates_what_they_judged_nor_judges_what_they_adjudicated(project: Project) -> None:
    judged(project, [[1, 1, 6]], names=("ana", "bo", "cai"))
    ana = make_member(project, "ana", "annotator", also=["adjudicator"])
    assert adjudicate.claim(project=project, by=ana) is None
    task = disputed_by_others(project)
    case = started(project, ana)
    assert case.task_id == task.pk
    settle(case, ana, {"text": 2})
    make_further_slots(project=project, tasks=[task.pk])
    assert score.claim(project=project, by=ana) is None
    assert score.claim(project=project, by=make_member(project, "eli"))


def test_a_response_that_was_skipped_and_then_decided_is_not_taken_up_again(project: Project) -> None:
    load(project, [record(2)])
    ana = make_member(project, "ana", "annotator", also=["adjudicator"])
    slot = score.claim(project=project, by=ana)
    assert slot
    concerns.skip(assignment=slot.pk, by=ana, reason="Not mine.")
    task = disputed_by_others(project)
    settle(started(project, ana), ana, {"text": 2})
    make_further_slots(project=project, tasks=[task.pk])
    with pytest.raises(Refused, match="This response is not free now"):
        score.take_up(assignment=slot.pk, by=ana)


def test_the_history_of_what_one_judged_stays_ones_own_and_that_of_a_decided_case_is_the_cases(project: Project) -> None:
    [own] = judged(project, [[1, 1, 6]], names=("ana", "bo", "cai"))
    settle(started(project, make_member(project, "ada", "adjudicator")), User.objects.get(username="ada"), {"text": 2})
    ana = make_member(project, "ana", "annotator", also=["adjudicator"])
    decided = disputed_by_others(project)
    settle(started(project, ana), ana, {"text": 2})
    assert history(own, "ana") == ["You claimed the response.", "You submitted scores."]
    lines = history(decided, "ana")
    assert lines[-3:] == ["You claimed the case.", "You scored the case blind.", "You decided the case."]
    assert sorted(re.sub("[A-Z] ", "x ", line) for line in lines[:-3]) == ["Annotator x submitted scores."] * 3


def test_a_manager_who_adjudicates_too_is_not_blind_as_one_who_decides_by_the_rules(project: Project) -> None:
    judged(project, [[1, 1, 6]])
    lea = make_member(project, "lea", "manager", also=["adjudicator"])
    review = adjudicate.claim(project=project, by=lea)
    assert review
    assert review.revealed_at


def test_who_decides_by_both_roles_is_one_colleague(project: Project) -> None:
    Rules.objects.filter(project=project).update(deciders="managers")
    project = Project.objects.get(pk=project.pk)
    for name, also in (("lea", ["adjudicator"]), ("max", [])):
        make_member(project, name, "manager", also=also)
    assert [member.user.username for member in Membership.objects.deciders(project)] == ["lea", "max"]


def test_a_manager_who_adjudicates_too_is_shown_no_score_of_a_scorer_for_a_response(addresses: dict[str, str]) -> None:
    make_member(Project.objects.get(slug="study"), "lea", "manager", also=["adjudicator"])
    others = {name: address for name, address in addresses.items() if name not in OF_A_CASE}
    assert holding(shown_to("lea", others), SCORES) == set()


def test_what_members_reach_by_any_role_is_found_once(client: Client, project: Project) -> None:
    load(project, [record(7, answer=[{"text": "see", "image": "a.png"}])], {"a.png": png()})
    eva = make_member(project, "eva", "manager", also=["expert", "adjudicator"])
    assert list(Project.objects.for_member(eva)) == [project]
    assert list(Project.objects.for_member(eva, "expert", "manager")) == [project]
    assert list(Query.objects.for_expert(eva)) == [Query.objects.get()]
    assert list(Image.objects.for_member(eva)) == [Image.objects.get()]
    client.force_login(eva)
    assert client.get("/rubrics/small/1/").status_code == 200


@pytest.mark.parametrize(
    ("role", "also", "doors"),
    [
        ("manager", ["adjudicator"], ["Adjudicate", "Manage project"]),
        ("annotator", ["expert"], ["Continue", "Reference answers"]),
        ("expert", ["adjudicator"], ["Adjudicate", "Reference answers"]),
    ],
)
def test_home_and_the_projects_page_have_the_doors_of_every_role(
    client: Client, project: Project, role: str, also: list[str], doors: list[str]
) -> None:
    client.force_login(make_member(project, "kim", role, also=also))
    home = client.get("/").text
    assert re.findall(r'class="do"[^>]*>([^<]+)<', home) == doors
    page = client.get("/projects/study/").text
    parts: dict[str, Any] = {
        "annotator": "<b>0</b> responses scored by you",
        "adjudicator": "<b>0</b> responses are awaiting adjudication",
        "expert": "<b>0</b> reference answers of others are waiting",
        "manager": "Manage people",
    }
    assert {name for name, text in parts.items() if text in words(page) or text in page} == {role, *also}


def test_the_overview_lists_somebody_once_with_all_roles(client: Client, project: Project) -> None:
    judged(project, [[1, 1, 6]], names=("ana", "bo", "cai"))
    make_member(project, "ana", "annotator", also=["expert"])
    client.force_login(make_member(project, "lea", "manager"))
    page = words(client.get("/projects/study/").text)
    assert "ana annotator, expert 1 bo annotator 1 cai annotator 1 lea manager –" in page


def test_a_manager_without_the_second_factor_enters_by_their_other_role_alone(client: Client, project: Project) -> None:
    client.force_login(make_member(project, "lea", "manager", also=["adjudicator"]))
    Project.objects.update(second_factor=True)
    page = words(client.get("/projects/study/").text)
    assert ("Adjudicate" in page, "Manage people" in page) == (True, False)
    assert client.get("/projects/study/members/")["Location"] == "/accounts/second-factor/set-up/"
    assert client.get("/api/v1/projects/study/adjudications/?gap=2").status_code == 400  # for managers
