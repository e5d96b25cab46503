"""Pages of a search, whose condition costs more than all else: asked once, for the keys of a page and how many there are."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window

LAST = 10**9  # of page numbers that are looked for: a database takes no larger offset than a whole number of its own


class SearchPages(Paginator[Any]):
    """`found` are the rows that are searched for, in order; `rows` has all rows as a page shows them, in the same order."""

    def __init__(self, found: QuerySet[Any], rows: QuerySet[Any], per_page: int) -> None:
        super().__init__(found, per_page)
        self.rows = rows

    def get_page(self, number: Any) -> Page[Any]:
        """The first page where the number is none, the last one where there are not so many."""
        wanted = max(1, min(int(number), LAST)) if str(number).isdecimal() else 1
        keys = self.keys_of(wanted)
        if not keys:
            wanted = self.num_pages
            keys = self.keys_of(wanted)
        return Page(list(self.rows.filter(pk__in=keys)), wanted, self)

    def keys_of(self, number: int) -> list[Any]:
        start = (number - 1) * self.per_page
        found: Any = self.object_list
        rows = list(found.annotate(number=Window(Count("pk"))).values_list("pk", "number")[start : start + self.per_page])
        if rows or number == 1:
            self.count = rows[0][1] if rows else 0
        return [pk for pk, _number in rows]
