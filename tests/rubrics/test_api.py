import pytest
from django.test import Client

from rubrics.models import Rubric
from rubrics.payload import rubric_content
from rubrics.versioning import freeze
from tests.factories import make_rubric

pytestmark = pytest.mark.django_db


def test_every_version_is_listed_newest_first(signed_in: Client) -> None:
    freeze(rubric=make_rubric())
    make_rubric(title="Other")
    both = {"slug": "small", "category": "project-based-learning"}
    assert signed_in.get("/api/v1/rubrics/").json() == [
        both | {"version": 2, "title": "Other", "frozen": False},
        both | {"version": 1, "title": "Small", "frozen": True},
    ]


def test_a_version_comes_with_its_criteria_and_levels(signed_in: Client) -> None:
    rubric = Rubric.objects.with_content().get(pk=make_rubric().pk)
    assert signed_in.get("/api/v1/rubrics/small/1/").json() == rubric_content(rubric)
    assert signed_in.get("/api/v1/rubrics/small/2/").status_code == 404


def test_nobody_reads_rubrics_without_signing_in(client: Client) -> None:
    make_rubric()
    assert [client.get(f"/api/v1/rubrics/{path}").status_code for path in ("", "small/1/")] == [401, 401]
