"""The list of responses, for scripts."""

import pytest
from django.test import Client

from annotation.flow.labels import LABEL_STATES
from annotation.models import ScoresShown
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db


def test_responses_are_listed_by_the_filters_of_the_page(client: Client) -> None:
    project = make_project()
    tasks = judged(project, [[3, 3, 3], [1, 6, 4]])
    lea = make_member(project, "lea", "manager")
    client.force_login(lea)
    address = "/api/v1/projects/study/responses/"
    answer = client.get(f"{address}?spread=3").json()
    assert answer == {
        "count": 1,
        "pages": 1,
        "states": dict.fromkeys(LABEL_STATES, 0) | {"disputed": 1},
        "responses": [
            {
                "task": tasks[1].pk,
                "query": "PBL-0002",
                "category": "project-based-learning",
                "field": "",
                "system": "system-a",
                "sample": 0,
                "rubric": "small@1",
                "criterion": "overall",
                "spread": 5.0,
                "state": "disputed",
            }
        ],
    }
    assert list(ScoresShown.objects.values_list("user", "task")) == [(lea.pk, tasks[1].pk)]
    assert [row["query"] for row in client.get(address).json()["responses"]] == ["PBL-0002", "PBL-0001"]
    assert client.get(f"{address}?label=agreed").json()["responses"][0]["state"] == "agreed"
    refused = client.get(f"{address}?spread=4")
    assert (refused.status_code, refused.json()["detail"]) == (
        400,
        "The filters do not fit together, or one has a value that is not known.",
    )
