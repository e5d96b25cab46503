"""Staging tables: rows wait in temporary tables of the connection, and are then stored by one statement a table.

What takes long of storing many rows is done before the transaction: they are made, converted and given their keys. On SQLite
that matters most, as nobody else writes meanwhile. Memory holds what is added at a time.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.models import AutoField, CharField, IntegerField, Model, TextField

Row = TypeVar("Row", bound=Model)
Columns = Mapping[type[Model], Sequence[str]]  # of each model those by which its rows are looked up


@contextmanager
def staging(columns: Columns) -> "Iterator[Staging]":
    """Staging tables of the models, which are dropped in the end."""
    staged = Staging(columns)
    try:
        staged.create()
        yield staged
    finally:
        with suppress(DatabaseError):  # the connection is gone, and its tables with it
            staged.drop()


class Staging:
    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.keys: dict[type[Model], deque[int]] = {model: deque() for model in columns}  # reserved, and not given yet
        self.reserved = dict.fromkeys(columns, 0)

    def create(self) -> None:
        self.drop()  # what a connection that is used again may have left
        for model, columns in self.columns.items():
            execute(f"CREATE TEMPORARY TABLE {staged(model)} AS SELECT * FROM {model._meta.db_table} WHERE 1 = 0")  # noqa: S608
            for column in columns:
                execute(f"CREATE INDEX {staged(model)}_{column} ON {staged(model)} ({column})")

    def drop(self) -> None:
        for model in self.columns:
            execute(f"DROP TABLE IF EXISTS {staged(model)}")

    def add(self, model: type[Row], rows: Sequence[Row]) -> None:
        """Give the rows keys and put them behind those that are there. What they refer to has its key."""
        if not rows:
            return
        fields: Any = model._meta.concrete_fields
        relations = [field for field in fields if field.is_relation]
        filled = [field for field in fields if getattr(field, "auto_now_add", False)]
        for row in rows:
            row.pk = self.next_key(model, at_least=len(rows))
            for field in filled:
                field.pre_save(row, True)
            for field in relations:
                if getattr(row, field.attname) is None and field.is_cached(row):
                    setattr(row, field.name, getattr(row, field.name))  # which had no key when the row was made
        columns, marks = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
        read = [(field.attname, converter(field)) for field in fields]
        values: Any = (
            [None if (value := getattr(row, name)) is None else convert(value) for name, convert in read] for row in rows
        )
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {staged(model)} ({columns}) VALUES ({marks})", values)  # noqa: S608

    def next_key(self, model: type[Model], at_least: int) -> int:
        """As many more as there were are reserved at a time: each time is a transaction of its own."""
        keys = self.keys[model]
        if not keys:
            keys.extend(reserve_keys(model, max(at_least, self.reserved[model])))
            self.reserved[model] += len(keys)
        return keys.popleft()

    def matching(self, model: type[Row], column: str, values: Collection[int | str]) -> list[Row]:
        """The rows of the table that have one of the values in the column, in the order of their keys."""
        if not values:
            return []
        marks = ", ".join(["%s"] * len(values))
        table = staged(model)
        return list(
            model._default_manager.raw(f"SELECT * FROM {table} WHERE {column} IN ({marks}) ORDER BY id", list(values))  # noqa: S608
        )

    def all(self, model: type[Row]) -> Iterator[Row]:
        return model._default_manager.raw(f"SELECT * FROM {staged(model)} ORDER BY id").iterator()  # noqa: S608

    def analyze(self) -> None:
        """Have PostgreSQL count the rows, before statements over several of the tables."""
        if connection.vendor == "postgresql":
            execute(f"ANALYZE {', '.join(staged(model) for model in self.columns)}")

    def store(self, model: type[Model], add: Mapping[str, int] | None = None) -> None:
        """Store the rows. `add` names columns to whose values a number is added."""
        more = add or {}
        columns = [field.column for field in model._meta.concrete_fields]
        values = ", ".join(f"{column} + %s" if column in more else column for column in columns)
        execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {values} FROM {staged(model)}",  # noqa: S608
            [more[column] for column in columns if column in more],
        )


def converter(field: Any) -> Callable[[Any], Any]:
    """How a value that is not None becomes what the database takes. Django's own way asks a dozen functions of each value,
    whatever comes of it: it took half of the time of a load."""
    database = connections[DEFAULT_DB_ALIAS]  # `connection` would look for it at each value
    target = field.target_field if field.is_relation else field
    if isinstance(target, AutoField):
        return int
    if isinstance(target, IntegerField):
        return partial(database.ops.adapt_integerfield_value, internal_type=target.get_internal_type())
    if isinstance(target, CharField | TextField):
        return str
    return partial(field.get_db_prep_save, connection=database)


def staged(model: type[Model]) -> str:
    """The name of the model's staging table."""
    return f"staged_{model._meta.db_table}"


def execute(statement: str, parameters: Sequence[Any] = ()) -> int:
    """How many rows the statement has changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def count(model: type[Model], condition: str) -> int:
    """How many staged rows meet the condition."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {staged(model)} WHERE {condition}")  # noqa: S608
        return int(cursor.fetchone()[0])


def reserve_keys(model: type[Model], count: int) -> list[int]:
    """Keys that no other row of the table ever gets, ascending. What takes none of them leaves a gap."""
    table, key = model._meta.db_table, "id"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, key, count])
            return [reserved for (reserved,) in cursor.fetchall()]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table])
        last = cursor.fetchone()
        if last is None:  # the table never had a row
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
            last = (count,)
        return list(range(last[0] - count + 1, last[0] + 1))
