"""The managers' page of one member."""

import re

import pytest
from django.core import mail
from django.test import Client

from annotation.flow.leave import end_member
from annotation.models import PasswordLink, Project, TiedSystem, User
from tests.factories import judge, load, make_member, make_project, make_user, record, responses

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/members/of/ana/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    make_member(project, "ana")
    return project


def test_a_link_for_a_new_password_is_shown_once_and_mailed(client: Client, project: Project) -> None:
    User.objects.filter(username="ana").update(email="ana@example.org")
    made = client.post(PAGE, {"action": "password"})
    link = re.search(r'value="(http://testserver/accounts/password/new/[^"]+/)"', made.text)
    assert link
    assert link[1] in str(mail.outbox[0].body)
    assert Client().get(link[1]).status_code == 200
    assert "/password/new/" not in client.get(PAGE).text


def test_of_a_manager_no_link_is_offered_or_made(client: Client, project: Project) -> None:
    make_member(project, "max", "manager")
    page = PAGE.replace("ana", "max")
    assert 'value="password"' not in client.get(page).text
    refused = client.post(page, {"action": "password"})
    assert (refused.status_code, PasswordLink.objects.count()) == (400, 0)


def test_only_members_have_a_page(client: Client, project: Project) -> None:
    make_user("stranger")
    codes = [client.get(PAGE.replace("ana", name)).status_code for name in ("stranger", "nobody", "ANA")]
    assert (codes, client.post(PAGE, {"action": "dance"}).status_code) == ([404, 404, 200], 400)


def test_limits_are_saved_and_shown_and_what_was_typed_stays_after_a_refusal(client: Client, project: Project) -> None:
    assert "Languages (none chosen: all)" not in client.get(PAGE).text  # there are none
    load(project, [record(1, language="zh-hans")])
    form = {
        "action": "limits",
        "categories": "project-based-learning",
        "languages": "zh-Hans",
        "systems": "system-a",
        "most_per_day": "7",
    }
    saved = client.post(PAGE, form)
    for page in (saved.text, client.get(PAGE).text):
        assert re.search(r'value="system-a"\s+checked', page)
        assert re.search(r'value="zh-Hans"\s+checked', page)
        assert re.search(r'value="project-based-learning"\s+checked', page)
        assert 'value="7"' in page
    refused = client.post(PAGE, {"action": "limits", "most_per_day": "many"})
    assert (refused.status_code, "not `many`" in refused.text, 'value="many"' in refused.text) == (400, True, True)
    assert TiedSystem.objects.get().system == "system-a"


def test_an_annotator_is_told_that_the_day_is_full_and_that_they_score_a_part(client: Client, project: Project) -> None:
    [task] = responses(project)
    judge(task, User.objects.get(username="ana"))
    client.post(PAGE, {"action": "limits", "systems": "system-a", "most_per_day": "1"})
    ana = Client()
    ana.force_login(User.objects.get(username="ana"))
    page = ana.get("/projects/study/annotate/").text
    assert ("Your limit for today is reached." in page, "You score a part of the responses" in page) == (True, True)
    assert "system-a" not in page


def test_somebody_is_made_anonymous_after_their_username_was_typed(client: Client, project: Project) -> None:
    refused = client.post(PAGE, {"action": "anonymise", "confirmed": "bo"})
    assert (refused.status_code, "Type the username to confirm." in refused.text) == (400, True)
    done = client.post(PAGE, {"action": "anonymise", "confirmed": "Ana"}, follow=True)
    neutral = User.objects.exclude(username="lea").get().username
    assert (done.redirect_chain, f"called {neutral}." in done.text) == ([("/projects/study/members/", 302)], True)
    page = client.get(PAGE.replace("ana", neutral)).text
    assert ("This person was made anonymous." in page, "confirmed" in page) == (True, False)


def test_a_former_member_has_a_page_without_limits(client: Client, project: Project) -> None:
    end_member(username="ana", project=project)
    page = client.get(PAGE).text
    assert ("former member" in page, 'value="limits"' in page, 'value="anonymise"' in page) == (True, False, True)
