"""Refreshes PostgreSQL's statistics while a load fills tables that were small when they were last counted.

Its planner goes by them: a trigger that looks one row up would read the whole table for each row that is inserted. SQLite goes
by its indexes.
"""

from django.db import connection
from django.db.models import Model

GROWTH = 4


class StatisticsRefresh:
    """Analyzes the tables of the models whenever the rows that a transaction has stored have grown fourfold."""

    def __init__(self, *models: type[Model], first: int = 500) -> None:
        self.models, self.next = models, first

    def after(self, rows: int) -> None:
        """To be called with the number of rows stored so far."""
        if rows >= self.next:
            self.next = rows * GROWTH
            analyze(*self.models)


def analyze(*models: type[Model]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in models)}")
