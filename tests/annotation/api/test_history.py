from typing import Any

import pytest
from django.test import Client

from annotation.models import Project
from tests.annotation.flow.adjudicate.cases import make_disputed_project
from tests.annotation.flow.history.told import eventful
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_disputed_project()


def test_an_adjudicator_gets_what_the_page_shows(client: Client, project: Project) -> None:
    task = eventful(project)
    client.force_login(make_user("ada", password=None))
    answer: Any = client.get(f"/api/v1/responses/{task.pk}/history/").json()
    assert (answer["task"], answer["query"]) == (task.pk, "PBL-0001")
    last = answer["happenings"][-1]
    assert last.pop("at")
    slip = {"cause": "slip", "reason": "a slip"}
    decisions = [
        {"key": "text", "title": "Text", "blind": 3, "decision": 3} | slip,
        {"key": "harm", "title": "Harm", "blind": False, "decision": False} | slip,
    ]
    assert last == {
        "what": "adjudicated",
        "by": "You",
        "about": None,
        "text": "You decided the case.",
        "details": {"round": 1, "decisions": decisions},
    }


def test_a_manager_gets_the_events_of_one_kind_and_person(client: Client, project: Project) -> None:
    eventful(project)
    client.force_login(make_user("lea", password=None))
    events = client.get("/api/v1/projects/study/events/?kind=sent_back").json()
    assert [(event["by"], event["about"], event["query"]) for event in events["events"]] == [("lea", "uma", "PBL-0001")]
    assert (events["count"], events["pages"]) == (1, 1)
