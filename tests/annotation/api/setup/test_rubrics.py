import pytest
from django.test import Client

from annotation.models import Event, Project
from tests.factories import judged, make_member, make_project, make_rubric

pytestmark = pytest.mark.django_db
SAME = {"judgements": 1, "unscored": [], "changed": 0, "lost": 0, "mean_change": None, "largest_change": None}


@pytest.fixture
def lea(client: Client) -> Client:
    project: Project = make_project(overlap=1)
    judged(project, [[{"text": 4}], [None]], names=("ana",))
    make_rubric(title="Next")
    client.force_login(make_member(project, "lea", "manager"))
    return client


def test_a_dry_run_says_what_a_move_does_and_then_it_is_done(lea: Client) -> None:
    address = "/api/v1/projects/study/rubrics/"
    assert lea.get(address).json() == {"rubrics": ["small@1"], "next": ["small@2"]}
    told = {"from": "small@1", "to": "small@2", "comparable": True, "moving": 1, "begun": 0, "done": 1, "overalls": SAME}
    for dry_run in (True, False):
        body = {"rubric": "small@2", "dry_run": dry_run}
        answer = lea.post(f"{address}move/", body, content_type="application/json")
        assert (answer.status_code, answer.json()) == (200, told | {"moved": not dry_run})
        assert Event.objects.filter(verb="rubric_moved").exists() is not dry_run
    assert lea.get(address).json() == {"rubrics": ["small@2", "small@1"], "next": []}


@pytest.mark.parametrize("body", [[], {}, {"rubric": 5}, {"rubric": "small@1"}, {"rubric": "small@2", "dry_run": "yes"}])
def test_a_move_that_cannot_be_is_refused(lea: Client, body: object) -> None:
    answer = lea.post("/api/v1/projects/study/rubrics/move/", body, content_type="application/json")
    assert answer.status_code == 400
    assert not Event.objects.filter(verb="rubric_moved").exists()
