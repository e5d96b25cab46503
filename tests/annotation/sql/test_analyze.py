import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotation.models import Query, Response
from annotation.sql import analyze


@pytest.mark.django_db
def test_only_postgresql_is_asked_to_analyze() -> None:
    with CaptureQueriesContext(connection) as queries:
        analyze.analyze(Query, Response)
    expected = ["ANALYZE annotation_query, annotation_response"] if connection.vendor == "postgresql" else []
    assert [query["sql"] for query in queries.captured_queries] == expected
