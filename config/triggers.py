"""Rules that span tables, kept by the database itself: one condition, written as a trigger for SQLite and for PostgreSQL."""

from django.db.migrations import AddField, RunPython


def refuse(*, name: str, table: str, events: str, when: str, message: str) -> RunPython:
    """A migration's operation: the database refuses rows of `table` for which `when` holds.

    `events` is as in "INSERT OR UPDATE"; `when` is SQL over NEW (and OLD, for updates) that both databases understand.
    Deletions are not watched: foreign keys are PROTECT, and tests empty tables.
    """
    kinds = events.split(" OR ")

    def forwards(apps, schema_editor):
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
                f"RETURN NEW; END $$"
            )
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")

    def backwards(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            for kind in kinds:
                schema_editor.execute(f"DROP TRIGGER {name}_{kind.lower()}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")

    return RunPython(forwards, backwards)


class AddNamedField(AddField):
    """Adds a field to a table that triggers of other tables name in their conditions.

    SQLite remakes a table to take a foreign key away again, and would not give the new one its name while a trigger speaks of
    a table that is gone.
    """

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute("PRAGMA legacy_alter_table = ON")
        super().database_backwards(app_label, schema_editor, from_state, to_state)
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute("PRAGMA legacy_alter_table = OFF")
