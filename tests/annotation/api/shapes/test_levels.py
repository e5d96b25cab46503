"""OpenAPI says what a score is: a level, or "na"."""

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db
LEVEL = {"oneOf": [{"type": "integer"}, {"type": "string", "enum": ["na"]}]}


def test_scores_that_are_sent_and_read_are_levels_or_na(client: Client) -> None:
    client.force_login(make_user("ana"))
    shapes = client.get("/api/v1/schema/?format=json").json()["components"]["schemas"]
    assert {name: shapes[name]["properties"]["scores"] for name in ("Submission", "CaseDraft", "Judgement")} == {
        name: {"type": "object", "additionalProperties": LEVEL, "description": words}
        for name, words in (
            ("Submission", 'a level per rated criterion, by its key, or "na": not applicable'),
            ("CaseDraft", 'of the blind phase: a level or "na" per criterion'),
            ("Judgement", 'a level or "na" per criterion'),
        )
    }
