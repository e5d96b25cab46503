"""Administrators, and people whom they let, make a project on a page; a refusal keeps what was typed."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from annotation.models import Membership, Project, User
from tests.factories import make_project, make_rubric, make_user

pytestmark = pytest.mark.django_db
FORM = {
    "title": "First study",
    "slug": "",
    "rubrics": ["small@1", ""],
    "overlap": "1",
    "seed": "7",
    "larger_share": "20",
    "larger_overlap": "2",
}


def permitted(username: str) -> User:
    user = make_user(username)
    user.user_permissions.add(Permission.objects.get(codename="add_project", content_type__app_label="annotation"))
    return user


def staff(username: str) -> User:
    user = make_user(username)
    User.objects.filter(pk=user.pk).update(is_staff=True)
    return user


@pytest.mark.parametrize("made", [permitted, staff])
def test_who_may_creates_a_project_and_becomes_its_manager(client: Client, made: object) -> None:
    make_rubric()
    make_rubric(slug="other", category="multi-step-reasoning")
    client.force_login(made("lea"))  # type: ignore[operator]
    assert 'href="/new-project/"' in client.get("/").text
    answer = client.post("/new-project/", FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/projects/first-study/steps/")
    names = ("slug", "title", "overlap", "seed", "larger_share", "larger_overlap", "rubrics__slug")
    assert list(Project.objects.values_list(*names)) == [("first-study", "First study", 1, 7, 0.2, 2, "small")]
    assert list(Membership.objects.values_list("user__username", "role")) == [("lea", "manager")]


@pytest.mark.parametrize("made", [permitted, staff])
def test_a_rubric_can_be_read_before_it_is_chosen(client: Client, made: object) -> None:
    make_rubric()
    client.force_login(made("lea"))  # type: ignore[operator]
    page = client.get("/new-project/").text
    assert '<label for="rubric-1">For queries of project-based-learning</label>' in page
    assert '<a href="/rubrics/small/1/">' in page
    assert client.get("/rubrics/small/1/").status_code == 200


def test_nobody_else_sees_the_page_or_creates_one(client: Client) -> None:
    make_project(slug="study")
    client.force_login(make_user("ana"))
    assert 'href="/new-project/"' not in client.get("/").text
    assert (client.get("/new-project/").status_code, client.post("/new-project/", FORM).status_code) == (403, 403)
    assert Project.objects.count() == 1


def test_a_refusal_names_each_field_and_keeps_what_was_typed(client: Client) -> None:
    make_rubric()
    client.force_login(permitted("lea"))
    answer = client.post("/new-project/", FORM | {"slug": "Big Name", "overlap": "none", "rubrics": ["small@1"]})
    text = answer.text
    assert (answer.status_code, Project.objects.count()) == (400, 0)
    for field in ("slug", "overlap"):
        assert f'id="fault-{field}"' in text
    for value in ('value="Big Name"', 'value="none"', 'value="First study"', 'value="20"', '<option value="small@1" selected>'):
        assert value in text
    assert "no slug: expected at most 100 small letters" in text


def test_only_the_newest_version_of_each_rubric_is_offered(client: Client) -> None:
    make_rubric()
    make_rubric(title="Newer")
    client.force_login(permitted("lea"))
    text = client.get("/new-project/").text
    assert ('value="small@2"' in text, 'value="small@1"' in text, "draft" in text) == (True, False, True)
