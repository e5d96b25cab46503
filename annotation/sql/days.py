"""The day of a time, counted in the database: Django makes a time of every text that SQLite returns, which takes longer than all
else of reading tens of thousands of rows."""

from typing import Any

from django.db.models import Func, IntegerField


class Ordinal(Func):
    """The day (UTC) of a time, as `date.toordinal` counts: 1 is the first day of the year 1."""

    output_field = IntegerField()
    template = "((%(expressions)s AT TIME ZONE 'UTC')::date - DATE '0001-01-01' + 1)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # julianday counts from noon; the text begins with the day, and a day alone is never rounded
        template = "CAST(julianday(substr(%(expressions)s, 1, 10)) - 1721424.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)
