"""Whose membership has ended is refused everywhere, and told why."""

import pytest
from django.test import Client

from annotation.access.left import left_project
from annotation.flow.leave import end_member
from annotation.models import Project
from tests.annotation.access import rubric_urls
from tests.annotation.access.test_membership import REFUSED, ROLES, SAID, addresses, call
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db
__all__ = ["addresses"]  # a fixture


@pytest.mark.parametrize("who", ["ana", "ada", "lea"])
def test_whose_membership_has_ended_is_refused_everywhere_and_told_so(addresses: dict[str, str], who: str) -> None:
    project = Project.objects.get(slug="study")
    make_member(project, "max", "manager")
    end_member(username=who, project=project)
    client = Client()
    client.force_login(make_user(who, password=None))
    answers = {name: call(client, ROLES[name][0], addresses[name]) for name in ROLES}
    assert {name for name, answer in answers.items() if answer.status_code not in REFUSED} == set()
    assert {name for name, answer in answers.items() if SAID in answer.text} == set()
    untold = {name for name, answer in answers.items() if "no longer a member of study" not in answer.text}
    assert untold == {"image", "scaled"} | rubric_urls.OF_NO_PROJECT  # simply not found


@pytest.mark.parametrize(
    ("route", "arguments", "found"),
    [
        ("projects/<slug:slug>/", {"slug": "study"}, True),
        ("projects/<slug:slug>/", {"slug": "other"}, False),
        ("projects/<slug:slug>/", {"slug": "nothing"}, False),
        ("assignments/<int:pk>/", {"pk": 2**63}, False),
        ("rubrics/<slug:slug>/", {}, False),
    ],
)
def test_only_a_project_that_the_person_has_left_is_named(route: str, arguments: dict[str, object], found: bool) -> None:
    study, other = make_project(), make_project(slug="other", rubrics=["small"])
    for project in (study, other):
        make_member(project, "ana")
    end_member(username="ana", project=study)
    ana = make_user("ana", password=None)
    assert (left_project(ana, route, arguments) == study) is found
    assert left_project(make_user("bo"), route, arguments) is None


def test_the_annotators_page_is_told_and_keeps_its_work(client: Client, addresses: dict[str, str]) -> None:
    end_member(username="ana", project=Project.objects.get(slug="study"))
    client.force_login(make_user("ana", password=None))
    headers = {"HX-Request": "true", "Accept": "application/json, text/html;q=0.9"}
    for name in ("draft", "submit"):
        answer = client.post(addresses[name], {"score-text": "4"}, headers=headers)
        told = {"detail": "You are no longer a member of study. What you submitted stays and counts."}
        assert (answer.status_code, answer.json()) == (409, told)
