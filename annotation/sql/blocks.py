"""What blocks hold, counted in the database: to read the texts of tens of thousands of responses takes longer than to count."""

from typing import Any

from django.db.models import Func, IntegerField, TextField


class OfBlocks(Func):
    """An aggregate over the blocks in a field, each of them named `block`."""

    output_field = IntegerField()
    template = "(SELECT CAST(%(function)s AS INTEGER) FROM jsonb_array_elements(%(expressions)s) AS block)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT %(function)s FROM (SELECT value AS block FROM json_each(%(expressions)s)))"
        return self.as_sql(compiler, connection, template=template, **context)


class Characters(OfBlocks):
    """How many characters the texts have together."""

    function = "COALESCE(SUM(LENGTH(block ->> 'text')), 0)"


class Images(OfBlocks):
    """How many of the blocks have an image."""

    function = "COUNT(block ->> 'image')"


class Blocks(OfBlocks):
    """How many there are."""

    function = "COUNT(*)"


class ImageDigests(Func):
    """The SHA-256 of the images of the blocks in a field, with a blank between them; null without any."""

    output_field = TextField()
    template = "(SELECT STRING_AGG(block ->> 'image', ' ') FROM jsonb_array_elements(%(expressions)s) AS block)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT GROUP_CONCAT(value ->> 'image', ' ') FROM json_each(%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, **context)
