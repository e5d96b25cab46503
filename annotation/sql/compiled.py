"""Queries whose SQL is written once: Django takes longer to write that of a claim than a database takes to answer it.

For the few that each claim and submission asks. What a query is stands in the words of the QuerySets, as everywhere else; of
Django's insides this relies on `Query.get_compiler` and `SQLCompiler.as_sql`.
"""

from collections.abc import Callable, Iterable
from threading import local
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

Row = TypeVar("Row")
Values = tuple[int | str, ...]
LARGEST = 2**63 - 1  # what a database takes for a whole number
FIRST_MARK = 2_000_000_000


class CompiledQuery(Generic[Row]):
    """Called with what `build` takes, gives the rows of the QuerySet that `build` makes.

    What is given are primary keys and texts, which stand in the query as they are. No row has a key that is too large.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        self.kept = local()  # as a connection is of one thread

    def __call__(self, *given: int | str) -> list[Row]:
        if any(isinstance(value, int) and value > LARGEST for value in given):
            return []
        return list(self.rows(*given))

    def rows(self, *given: int | str) -> Iterable[Row]:
        if not hasattr(self.kept, "rows"):
            self.kept.rows = compile_query(self.build, given)
        rows: Iterable[Row] = self.kept.rows(given)
        return rows

    def first(self, *given: int | str) -> Row | None:
        return next(iter(self(*given)), None)


def compile_query(build: Callable[..., QuerySet[Any, Row]], given: Values) -> Callable[[Values], Iterable[Row]]:
    """Build the query with a mark for each value, and see where the marks stand among the parameters of its SQL."""
    marks = [f"mark {place}" if isinstance(value, str) else FIRST_MARK + place for place, value in enumerate(given)]
    queryset: Any = build(*marks)
    compiler: Any = queryset.query.get_compiler(queryset.db)
    sql, parameters = compiler.as_sql()
    places = [marks.index(known) if known in marks else None for known in parameters]
    if {place for place in places if place is not None} != set(range(len(marks))):
        raise ValueError("each value must stand in the query as it is given")
    queryset.query.get_compiler = lambda *_args, **_named: compiler

    def rows(given: Values) -> Iterable[Row]:
        filled = tuple(
            known if place is None else type(known)(given[place]) for known, place in zip(parameters, places, strict=True)
        )
        compiler.as_sql = lambda *_args, **_named: (sql, filled)
        found: Iterable[Row] = queryset._iterable_class(queryset)  # asks each time, where a QuerySet would remember
        return found

    return rows
