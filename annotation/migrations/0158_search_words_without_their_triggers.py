from importlib import import_module
from typing import Any

from django.db import migrations

MADE = import_module("annotation.migrations.0138_search_words")
MAKE = {"sqlite": MADE.SQLITE[1:], "postgresql": MADE.POSTGRESQL}  # the table of FTS5 stays as it is
DROP = {"sqlite": MADE.SQLITE_BACK[:-1], "postgresql": MADE.POSTGRESQL_BACK}


# SQLite remakes the table of words for another column.
def forwards(_apps: Any, schema_editor: Any) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def backwards(_apps: Any, schema_editor: Any) -> None:
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0157_username_in_any_script"),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
