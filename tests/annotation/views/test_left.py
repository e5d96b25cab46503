"""Somebody who has left is told so on a page; to everybody else the page is not found."""

import pytest
from django.test import Client

from annotation.flow.leave import end_member
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db


def test_who_has_left_is_told_and_a_stranger_is_not(client: Client) -> None:
    project = make_project(title="The study")
    client.force_login(make_member(project, "ana"))
    end_member(username="ana", project=project)
    answer = client.get("/projects/study/annotate/")
    assert (answer.status_code, "You are no longer a member of The study." in answer.text) == (404, True)
    assert "Page not found" in client.get("/projects/nothing/").text
    client.force_login(make_user("stranger"))
    stranger = client.get("/projects/study/annotate/")
    assert (stranger.status_code, "Page not found" in stranger.text, "The study" in stranger.text) == (404, True, False)
    assert Client().get("/nowhere/").status_code == 404
