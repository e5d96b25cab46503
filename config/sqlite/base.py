"""SQLite, whose statements wait for a lock here and not inside SQLite.

There a connection that waits is locked for as long. When Python meanwhile collects a cursor of it as garbage, in whatever thread
that happens, that thread waits too: if it is the one that holds the database's lock, both wait until the one gives up, and with
many threads nobody gets on. So SQLite itself waits for no longer than a moment, and the statement is tried again.
"""

import random
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base

INSIDE = "PRAGMA busy_timeout = 10"  # milliseconds
LONGEST_PAUSE = 0.02  # seconds between two tries


class PatientCursor(base.SQLiteCursorWrapper):
    patience: float = 0  # seconds for a lock

    def execute(self, query: str, params: Any = None) -> Any:
        return self.when_free(lambda: super(PatientCursor, self).execute(query, params))

    def executemany(self, query: str, param_list: Any) -> Any:
        parameters = list(param_list)  # which may be read more than once
        return self.when_free(lambda: super(PatientCursor, self).executemany(query, parameters))

    def when_free(self, statement: Callable[[], Any]) -> Any:
        """In a transaction there is nothing to wait for: it has its lock, or has to begin anew."""
        deadline = time.monotonic() + self.patience
        while True:
            try:
                return statement()
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
                if not is_busy or self.connection.in_transaction or time.monotonic() > deadline:
                    raise
            time.sleep(random.uniform(0, LONGEST_PAUSE))


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)  # which sets it up, and waits as long as it may
        connection.execute(INSIDE)
        return connection

    def create_cursor(self, name: str | None = None) -> PatientCursor:
        cursor: PatientCursor = self.connection.cursor(factory=PatientCursor)
        cursor.patience = self.settings_dict["OPTIONS"].get("timeout", 5)
        return cursor
