"""Rows in staging tables: what is stored in the end is what bulk_create would store, and nothing is left of the tables."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from annotation.flow.staging import Staging, count, reserve_keys, staging
from annotation.models import Query, Response
from tests.factories import make_project

pytestmark = pytest.mark.django_db
COLUMNS = {Query: ("external_id",), Response: ("query_id",)}
BLOCKS = [{"text": 'a "quoted" \\ ü 文 \n', "image": None}]


def values(model: type[Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


def content() -> tuple[list[Query], list[Response]]:
    project = make_project()
    queries = [Query(project=project, external_id=name, category="c", blocks=BLOCKS) for name in ("b", "a")]
    answers = [
        Response(query=query, system=system, blocks=BLOCKS, metadata={"n": [1, 2.5, None, True]})
        for query in queries
        for system in ("s", "t")
    ]
    return queries, answers


def fill(staged: Staging) -> tuple[list[Query], list[Response]]:
    queries, answers = content()
    staged.add(Query, queries)
    staged.add(Response, answers[:3])
    staged.add(Response, answers[3:])
    return queries, answers


def left_tables() -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_temp_master WHERE name LIKE 'staged%'")
        else:
            cursor.execute("SELECT relname FROM pg_class WHERE relname LIKE 'staged%'")
        return [name for (name,) in cursor.fetchall()]


def test_what_is_staged_is_stored_as_it_was_with_its_keys() -> None:
    with staging(COLUMNS) as staged:
        queries, answers = fill(staged)
        assert (Query.objects.count(), Response.objects.count(), count(Response, "query_id IS NOT NULL")) == (0, 0, 4)
        staged.store(Query)
        staged.store(Response)
    fields = [field.attname for field in Query._meta.concrete_fields]
    assert values(Query) == [{name: getattr(query, name) for name in fields} for query in queries]
    fields = [field.attname for field in Response._meta.concrete_fields]
    assert values(Response) == [{name: getattr(answer, name) for name in fields} for answer in answers]
    assert [answer.query_id for answer in answers] == [query.pk for query in queries for _system in range(2)]


def test_staged_rows_are_found_again_and_no_others() -> None:
    with staging(COLUMNS) as staged:
        queries, answers = fill(staged)
        Query.objects.create(project=make_project(slug="other"), external_id="a", category="stored", blocks=[])
        [found] = staged.matching(Query, "external_id", ["a", "none"])
        assert (found.pk, found.category, found.blocks) == (queries[1].pk, "c", BLOCKS)
        assert [answer.pk for answer in staged.matching(Response, "query_id", [queries[0].pk])] == [
            answer.pk for answer in answers[:2]
        ]
        assert staged.matching(Query, "external_id", []) == []
        assert [query.external_id for query in staged.all(Query)] == ["b", "a"]


def test_numbers_are_added_to_a_column_while_it_is_stored() -> None:
    with staging(COLUMNS) as staged:
        fill(staged)
        staged.store(Query)
        staged.store(Response, add={"sample": 7})
    assert set(Response.objects.values_list("sample", flat=True)) == {7}


def test_the_constraints_of_the_database_hold() -> None:
    with staging(COLUMNS) as staged:
        queries, _answers = fill(staged)
        Query.objects.create(project=queries[0].project, external_id="a", category="c", blocks=[])
        with pytest.raises(IntegrityError), transaction.atomic():
            staged.store(Query)
    assert Query.objects.count() == 1


def test_nothing_is_left_of_the_tables_whatever_happens() -> None:
    def fail() -> None:
        with staging(COLUMNS) as staged:
            fill(staged)
            _fails = 1 / 0

    with pytest.raises(ZeroDivisionError):
        fail()
    assert left_tables() == []
    with staging(COLUMNS) as again:
        assert list(again.all(Query)) == []


def test_reserved_keys_are_nobody_elses() -> None:
    project = make_project()
    first = reserve_keys(Query, 3)
    stored = Query.objects.create(project=project, external_id="a", category="c", blocks=[]).pk
    second = reserve_keys(Query, 2)
    keys = [*first, stored, *second]
    assert (keys, len(set(keys))) == (sorted(keys), 6)
    assert reserve_keys(Query, 0) == []
