"""Rules that span tables, kept by the database itself: one condition, written as a trigger for SQLite and for PostgreSQL.

On SQLite Django remakes a table for many changes, such as a field that is altered or a foreign key that is taken back: the
table's triggers are lost then, and the step fails where a trigger of another table names it. Such a migration drops those
triggers before and makes them again after.
"""

from dataclasses import dataclass
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


@dataclass(frozen=True)
class Refusal:
    """Of rows of `table` for which `when` holds, as it is made in a database and dropped again."""

    name: str
    table: str
    events: str
    when: str
    message: str

    def make(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for kind in self.events.split(" OR "):
                schema_editor.execute(
                    f"CREATE TRIGGER {self.name}_{kind.lower()} BEFORE {kind} ON {self.table} WHEN {self.when} "
                    f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
                )
        else:
            schema_editor.execute(
                f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {self.when} THEN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN COALESCE(NEW, OLD); END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {self.name} BEFORE {self.events} ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()"
            )

    def drop(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for kind in self.events.split(" OR "):
                schema_editor.execute(f"DROP TRIGGER {self.name}_{kind.lower()}")
        else:
            schema_editor.execute(f"DROP TRIGGER {self.name} ON {self.table}")
            schema_editor.execute(f"DROP FUNCTION {self.name}()")


class Refuse(Operation):
    """Makes a refusal; on the way back drops it. Not RunPython, for which Django makes classes of all models each time: that took
    a quarter of the time of a new database's migrations."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models know nothing of triggers."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.refusal.make(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.refusal.drop(schema_editor)


class TakeBack(Refuse):
    """Drops a refusal; on the way back makes it again."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.refusal.drop(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.refusal.make(schema_editor)


def refuse(*, name: str, table: str, events: str, when: str, message: str) -> Refuse:
    """A migration's operation: the database refuses rows of `table` for which `when` holds.

    `events` is as in "INSERT OR UPDATE"; `when` is SQL over NEW (and OLD, for updates) that both databases understand.
    Deletions are watched only where `events` names DELETE (then `when` is over OLD): foreign keys are PROTECT, and tests empty
    tables, past such triggers (tests/conftest.py).
    """
    return Refuse(Refusal(name, table, events, when, message))


def taken_back(made: Refuse) -> TakeBack:
    """An operation that drops what `made` made, and makes it again on the way back."""
    return TakeBack(made.refusal)
