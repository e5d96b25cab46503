import pytest
from django.test import Client

from annotation.models import ErrorType, Event, Project, Workspace
from annotation.templatetags.fields import field_title
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
FORM = {
    "feedback": "required",
    "confidence": "asked",
    "blur": "always",
    "overall_shown": "on",
    "errors_below": "3",
    "errors": "Slip: small\nHole",
}


@pytest.fixture
def project(client: Client) -> Project:
    project = make_project()
    client.force_login(make_member(project, "lea", "manager"))
    return project


def stored(project: Project) -> tuple[object, ...]:
    names = ("feedback", "confidence", "blur", "overall_shown", "ladder_after_first_score", "reopening", "errors_below")
    return tuple(Workspace.objects.filter(project=project).values_list(*names)[0])


def test_what_is_posted_is_set(client: Client, project: Project) -> None:
    answer = client.post("/projects/study/workspace/", FORM, follow=True)
    assert "Saved." in answer.text
    assert stored(project) == ("required", "asked", "always", True, False, False, 3)
    assert list(ErrorType.objects.offered(project).values_list("title", "description")) == [("Slip", "small"), ("Hole", "")]


def test_the_form_shows_what_is_set_and_posting_it_again_changes_nothing(client: Client, project: Project) -> None:
    client.post("/projects/study/workspace/", FORM)
    text = client.get("/projects/study/workspace/").text
    assert text.count(" checked") == 4
    assert "Slip: small\nHole</textarea>" in text
    before = Event.objects.count()
    client.post("/projects/study/workspace/", FORM)
    assert Event.objects.count() == before


@pytest.mark.parametrize("change", [{"feedback": "loud"}, {"errors_below": "many"}, {"errors": "A: b\na: c"}, {"errors": "!!"}])
def test_a_fault_is_named_nothing_is_saved_and_what_was_posted_stays(
    client: Client, project: Project, change: dict[str, str]
) -> None:
    before = stored(project)
    answer = client.post("/projects/study/workspace/", FORM | change)
    [(field, _value)] = change.items()
    told = f"<li>{field_title(field)}: " in answer.text
    assert (answer.status_code, told, 'value="always" checked' in answer.text) == (400, True, True)
    assert (stored(project), ErrorType.objects.offered(project).count()) == (before, 4)
