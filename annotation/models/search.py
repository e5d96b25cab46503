"""The words of queries and responses, by which they are searched: one row each, with an index of the database's own.

SQLite has an FTS5 table beside this one, which triggers keep the same; PostgreSQL an index of the words as a tsvector. Both have
words alone, made by annotation/words.py: neither splits a text itself, so that both find the same.
"""

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.db.models import BooleanField, F, Func, Q
from django.utils.translation import gettext_lazy as _

from annotation.words import looked_for


class HasWords(Func):
    """Whether the row has a word with each of these beginnings. They are letters and digits: nothing in them is syntax."""

    output_field = BooleanField()

    def __init__(self, *expressions: Any, beginnings: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.beginnings = beginnings

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        key, parameters = compiler.compile(self.source_expressions[0])
        wanted = " ".join(f'"{word}"*' for word in self.beginnings)
        # a list of keys, which SQLite makes once, and not a look at each row
        rows = "SELECT rowid FROM annotation_searchwords WHERE words MATCH %s"
        return f"{key} IN ({rows})", [*parameters, wanted]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        words, parameters = compiler.compile(self.source_expressions[1])
        wanted = " & ".join(f"'{word}':*" for word in self.beginnings)
        return f"array_to_tsvector(string_to_array({words}, ' ')) @@ %s::tsquery", [*parameters, wanted]


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def matching(self, text: str) -> Self:
        """Those with a word for each word of the text that begins with it; none where the text has no word."""
        words = looked_for(text)
        return self.filter(HasWords(F("pk"), F("words"), beginnings=tuple(words))) if words else self.none()


class SearchEntry(models.Model):
    query = models.OneToOneField(
        "annotation.Query", models.PROTECT, null=True, blank=True, related_name="search_entry", verbose_name=_("query")
    )
    response = models.OneToOneField(
        "annotation.Response", models.PROTECT, null=True, blank=True, related_name="search_entry", verbose_name=_("response")
    )
    words = models.TextField(_("words"))

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("words of a query or a response")
        verbose_name_plural = _("words of queries and responses")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(query__isnull=False, response=None) | Q(query=None, response__isnull=False),
                name="search_entry_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.query or self.response)
