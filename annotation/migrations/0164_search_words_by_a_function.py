from importlib import import_module
from typing import Any

from django.db import migrations

BEFORE = import_module("annotation.migrations.0158_search_words_without_their_triggers")
# The planner is not to read all rows, which would make each one's vector anew, even where nearly all have a word: it takes the
# function for dear, and without statistics a word for rare.
MAKE = {
    "sqlite": BEFORE.MAKE["sqlite"],
    "postgresql": (
        "CREATE FUNCTION search_vector(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100 AS"
        " $$ BEGIN RETURN array_to_tsvector(string_to_array(words, ' ')); END $$",
        "CREATE INDEX search_entry_words ON annotation_searchentry USING gin (search_vector(words))",
        "ALTER INDEX search_entry_words ALTER COLUMN 1 SET STATISTICS 0",
    ),
}
DROP = {
    "sqlite": BEFORE.DROP["sqlite"],
    "postgresql": ("DROP INDEX search_entry_words", "DROP FUNCTION search_vector"),
}


def forwards(_apps: Any, schema_editor: Any) -> None:
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def backwards(_apps: Any, schema_editor: Any) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0163_search_entry_of_question_once"),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
