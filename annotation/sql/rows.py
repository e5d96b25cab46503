"""Rows as the database returns them, for the queries that read hundreds of thousands: Django would call functions for each."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

ROWS = 10_000  # at a time


def raw_rows(values: QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a `values_list`: of numbers and texts alone, for SQLite returns times and JSON as texts, booleans as 0 and 1.

    PostgreSQL sends all of them at once. With `iterator` it would first put them all aside for a cursor, by one process alone.
    """
    try:
        sql, parameters = values.query.sql_with_params()
    except EmptyResultSet:  # known without asking
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(ROWS):
            yield from rows
