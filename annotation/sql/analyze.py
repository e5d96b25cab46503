"""Keeps PostgreSQL's plans right while a load fills tables that were small when it counted them last.

It plans by those counts: a trigger that looks one row up would read the whole table for each row that is inserted. SQLite
goes by its indexes.
"""

from django.db import connection
from django.db.models import Model

GROWTH = 4


class StatisticsRefresh:
    """To be told of the rows that a transaction has stored so far: has them counted whenever they have grown fourfold."""

    def __init__(self, *models: type[Model], first: int = 500) -> None:
        self.models, self.next = models, first

    def after(self, rows: int) -> None:
        if rows >= self.next:
            self.next = rows * GROWTH
            analyze(*self.models)


def analyze(*models: type[Model]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in models)}")
