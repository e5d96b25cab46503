"""The page of training answers: what is posted is saved with an event, or only shown on real responses."""

import pytest
from django.test import Client

from annotation.models import Event, Project
from tests.factories import judged, make_member, make_project
from tests.markup import compact

pytestmark = pytest.mark.django_db
PAGE = "/projects/study/training/"


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def stored() -> tuple[str, bool]:
    return Project.objects.values_list("template", "score_without_feedback").get()


def test_what_is_posted_is_saved_and_shown_again(client: Client, project: Project) -> None:
    answer = client.post(PAGE, {"template": "mmie", "score_without_feedback": "on"}, follow=True)
    assert "Saved." in answer.text
    assert stored() == ("mmie", True)
    assert 'value="mmie" checked' in answer.text
    assert 'name="score_without_feedback" checked' in answer.text
    assert list(Event.objects.filter(verb="template_changed").values_list("by__username", flat=True)) == ["lea"]


def test_a_fault_is_named_and_nothing_is_saved(client: Client, project: Project) -> None:
    answer = client.post(PAGE, {"template": "poem"})
    assert (answer.status_code, "<li>Training answers: " in answer.text, stored()) == (400, True, ("scores", False))


def test_a_preview_shows_answers_and_prompts_and_saves_nothing(client: Client, project: Project) -> None:
    judged(project, [[{"text": 4, "feedback": "<b>Good</b>."}, 4, 5], [2, 2, 3]])
    text = compact(client.post(PAGE, {"template": "mmie", "preview": "1"}).text)
    assert "1 of 2 labels has no feedback that fits and is left out." in text
    assert "### Feedback &lt;b&gt;Good&lt;/b&gt;. ### Score 4" in text
    assert "No feedback fits: left out." in text
    assert "## Rubric: Small" in text
    assert 'value="mmie" checked' in text
    assert (stored(), Event.objects.filter(verb="template_changed").count()) == (("scores", False), 0)


def test_a_preview_says_which_labels_are_answered_with_the_overall_alone(client: Client, project: Project) -> None:
    judged(project, [[2, 2, 3], [4, 4, 4]])
    text = compact(client.post(PAGE, {"template": "mmie", "score_without_feedback": "on", "preview": "1"}).text)
    assert "2 of 2 labels have no feedback that fits and are answered with the overall alone." in text


def test_a_preview_without_labels_says_so(client: Client, project: Project) -> None:
    answer = client.post(PAGE, {"template": "scores", "preview": "1"})
    assert (answer.status_code, "study has no labels to release yet" in answer.text) == (200, True)


def test_managers_alone_see_the_page_and_its_link(client: Client, project: Project) -> None:
    assert f'href="{PAGE}"' in client.get("/projects/study/releases/").text
    for name, role in (("ana", "annotator"), ("ada", "adjudicator")):
        client.force_login(make_member(project, name, role))
        assert (client.get(PAGE).status_code, client.post(PAGE, {"template": "mmie"}).status_code) == (404, 404)
    assert stored() == ("scores", False)


def test_the_history_says_what_was_changed(client: Client, project: Project) -> None:
    client.post(PAGE, {"template": "mmie"})
    text = compact(client.get("/projects/study/events/").text)
    assert "lea changed what training answers hold." in text
    assert "training template" in text
