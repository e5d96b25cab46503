"""Refreshes PostgreSQL's statistics while a load fills tables that were small when they were last counted.

Its planner goes by them: a trigger that looks one row up would read the whole table for each row that is inserted. SQLite goes
by its indexes.
"""

from django.db import connection
from django.db.models import Model


def analyze(*models: type[Model]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in models)}")
