"""The rows of queries and the content of one, for managers."""

import pytest

from annotation.access.queries import query_choices, query_content
from annotation.models import Query
from tests.factories import load, make_project, record

pytestmark = pytest.mark.django_db


def test_the_choices_are_those_of_the_project() -> None:
    project = make_project()
    load(project, [record(1, field="art"), record(2), record(3, field="art")])
    load(make_project(slug="other", rubrics=["small"]), [record(1, field="law")])
    assert query_choices(project) == {"category": ["project-based-learning"], "field": ["", "art"], "language": [""]}


def test_a_query_that_is_dropped_has_responses_without_a_state() -> None:
    load(make_project(overlap=1), [record(1)])
    query = Query.objects.with_counts().get()
    query.dropped_at = "2026-01-01T00:00Z"
    assert [(row["system"], row["state"]) for row in query_content(query)["responses"]] == [("system-a", "")]
