"""Queries whose SQL is written once, for the few that each claim and submission asks.

Django takes longer to write the SQL of a claim than a database takes to answer it. A query is still made by QuerySet methods;
CompiledQuery replaces the two methods by which a QuerySet comes to its SQL, `Query.get_compiler` and `SQLCompiler.as_sql`, and
the one that looks up how each column is converted, `SQLCompiler.get_converters`: a claim reads more than a hundred columns.
"""

from collections.abc import Callable, Iterable
from threading import local
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

Row = TypeVar("Row")
Values = tuple[int | str, ...]
LARGEST_KEY = 2**63 - 1  # the largest whole number of a database
FIRST_PLACEHOLDER = 2_000_000_000


class CompiledQuery(Generic[Row]):
    """Takes the values that `build` takes, and gives the rows of the QuerySet that `build` makes of them.

    The values are primary keys and texts, and must be parameters of the SQL as they are.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        self.of_thread = local()  # for a compiler belongs to a connection, and a connection to a thread

    def __call__(self, *values: int | str) -> list[Row]:
        if any(isinstance(value, int) and value > LARGEST_KEY for value in values):
            return []  # no row has such a key, and the database would refuse it
        return list(self.rows(*values))

    def rows(self, *values: int | str) -> Iterable[Row]:
        if not hasattr(self.of_thread, "query"):
            self.of_thread.query = compile_query(self.build, values)
        rows: Iterable[Row] = self.of_thread.query(values)
        return rows

    def first(self, *values: int | str) -> Row | None:
        return next(iter(self(*values)), None)


def compile_query(build: Callable[..., QuerySet[Any, Row]], values: Values) -> Callable[[Values], Iterable[Row]]:
    """Write the SQL, and return the function that asks it with the values it is called with. Raises ValueError.

    The QuerySet is built with a placeholder of each value's type; where the placeholders come out among the parameters of the
    SQL, the function puts the values.
    """
    placeholders = [
        f"placeholder {index}" if isinstance(value, str) else FIRST_PLACEHOLDER + index for index, value in enumerate(values)
    ]
    queryset: Any = build(*placeholders)
    compiler: Any = queryset.query.get_compiler(queryset.db)
    sql, parameters = compiler.as_sql()
    indexes = [placeholders.index(parameter) if parameter in placeholders else None for parameter in parameters]
    if {index for index in indexes if index is not None} != set(range(len(placeholders))):
        raise ValueError("each value must stand in the query as it is given")
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
    queryset.query.get_compiler = lambda *_args, **_named: compiler
    compiler.get_converters = lambda _columns: converters

    def rows(values: Values) -> Iterable[Row]:
        filled = tuple(
            parameter if index is None else type(parameter)(values[index])
            for parameter, index in zip(parameters, indexes, strict=True)
        )
        compiler.as_sql = lambda *_args, **_named: (sql, filled)
        rows: Iterable[Row] = queryset._iterable_class(queryset)  # asks each time, where a QuerySet would keep its rows
        return rows

    return rows
