"""An archived project is read only, by every door, and says so to its members alone."""

import pytest
from django.test import Client
from django.urls import get_resolver

from annotation.access.archived import HARMLESS, TAKES_BACK
from annotation.flow.accounts.tokens import new_token
from annotation.flow.closing import archive_project
from annotation.models import Event, Project, Rules, Task
from tests.factories import judged, make_member, make_project, make_user

pytestmark = pytest.mark.django_db
WORDS = "The study is archived and can only be read."


@pytest.fixture
def project() -> Project:
    project = make_project(title="The study")
    judged(project, [[4]], names=["ana"])
    make_member(project, "lea", "manager")
    archive_project(project=project)
    return project


def test_pages_are_read_and_not_written(client: Client, project: Project) -> None:
    client.force_login(make_user("lea"))
    events = Event.objects.count()
    for page in ("rules", "workspace", "members", "settings", "overlap", "material", "training"):
        address = f"/projects/study/{page}/"
        assert client.get(address).status_code == 200, page
        answer = client.post(address, {"pair_gap": "5"})
        assert (answer.status_code, WORDS in answer.text) == (409, True), page
    assert (Event.objects.count(), Rules.objects.get().pair_gap) == (events, 2)


def test_what_an_address_names_by_its_number_is_not_written_either(client: Client, project: Project) -> None:
    client.force_login(make_user("ana"))
    [slot] = Task.objects.get().assignments.submitted()
    answer = client.post(f"/assignments/{slot.pk}/revise/", {})
    assert (answer.status_code, WORDS in answer.text) == (409, True)


def test_the_api_says_so_to_a_session_and_to_a_token(client: Client, project: Project) -> None:
    token = {"Authorization": f"Token {new_token(user=make_user('lea'), days=1)}"}
    session = Client()
    session.force_login(make_user("lea"))
    for answer in (
        client.patch("/api/v1/projects/study/rules/", {"pair_gap": 5}, content_type="application/json", headers=token),
        session.patch("/api/v1/projects/study/rules/", {"pair_gap": 5}, content_type="application/json"),
    ):
        assert (answer.status_code, answer.json()["detail"].startswith(WORDS)) == (409, True)
    assert client.get("/api/v1/projects/study/rules/", headers=token).status_code == 200


def test_strangers_learn_nothing_and_managers_take_it_back(client: Client, project: Project) -> None:
    client.force_login(make_user("nobody"))
    assert client.post("/projects/study/rules/").status_code == 404
    client.force_login(make_user("lea"))
    client.post("/projects/study/state/", {"action": "unarchive"})
    assert Project.objects.get().archived_at is None
    assert client.post("/projects/study/rules/", {"pair_gap": "5"}).status_code == 302


def test_another_project_is_written_as_before(client: Client, project: Project) -> None:
    other = make_project(slug="other", rubrics=["small"])
    client.force_login(make_member(other, "lea", "manager"))
    assert client.post("/projects/other/rules/", {"pair_gap": "5"}).status_code == 302


def test_the_exceptions_are_addresses_that_are_there() -> None:
    names = set(get_resolver().reverse_dict) | set(get_resolver().namespace_dict["api"][1].reverse_dict)
    assert names >= HARMLESS | TAKES_BACK
