from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotation.models import Query, Response
from annotation.sql import analyze
from annotation.sql.analyze import StatisticsRefresh


def test_tables_are_analyzed_each_time_their_rows_have_grown_fourfold(monkeypatch: pytest.MonkeyPatch) -> None:
    analyzed: list[Any] = []
    monkeypatch.setattr(analyze, "analyze", lambda *models: analyzed.append(models))
    refresh = StatisticsRefresh(Query, Response, first=100)
    counts = []
    for rows in (50, 100, 300, 400, 1_599, 1_600):
        refresh.after(rows)
        counts.append(len(analyzed))
    assert (counts, set(analyzed)) == ([0, 1, 1, 2, 2, 3], {(Query, Response)})


@pytest.mark.django_db
def test_only_postgresql_is_asked_to_analyze() -> None:
    with CaptureQueriesContext(connection) as queries:
        analyze.analyze(Query, Response)
    expected = ["ANALYZE annotation_query, annotation_response"] if connection.vendor == "postgresql" else []
    assert [query["sql"] for query in queries.captured_queries] == expected
