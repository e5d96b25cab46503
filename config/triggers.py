"""Rules that span tables, kept by the database itself: one condition, written as a trigger for SQLite and for PostgreSQL.

On SQLite Django remakes a table for many changes, such as a field that is altered or a foreign key that is taken back: the
table's triggers are lost then, and the step fails where a trigger of another table names it. Such a migration drops those
triggers before and makes them again after.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps


def refuse(*, name: str, table: str, events: str, when: str, message: str) -> RunPython:
    """A migration's operation: the database refuses rows of `table` for which `when` holds.

    `events` is as in "INSERT OR UPDATE"; `when` is SQL over NEW (and OLD, for updates) that both databases understand.
    Deletions are watched only where `events` names DELETE (then `when` is over OLD): foreign keys are PROTECT, and tests empty
    tables, past such triggers (tests/conftest.py).
    """
    kinds = events.split(" OR ")

    def forwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for kind in kinds:
                schema_editor.execute(
                    f"CREATE TRIGGER {name}_{kind.lower()} BEFORE {kind} ON {table} WHEN {when} "
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )
        else:
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {when} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN COALESCE(NEW, OLD); END $$"
            )
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")

    def backwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for kind in kinds:
                schema_editor.execute(f"DROP TRIGGER {name}_{kind.lower()}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")

    return RunPython(forwards, backwards)


def taken_back(refusal: RunPython) -> RunPython:
    """An operation that drops what `refusal` made, and makes it again on the way back."""
    assert refusal.reverse_code
    return RunPython(refusal.reverse_code, refusal.code)
