from typing import Any

from django.db import migrations

# SQLite: an FTS5 table over the column, kept the same by triggers. Their names do not end in "delete": see tests/conftest.py.
SQLITE = (
    "CREATE VIRTUAL TABLE annotation_searchwords USING fts5(words, content='annotation_searchentry', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON annotation_searchentry BEGIN"
    " INSERT INTO annotation_searchwords (rowid, words) VALUES (NEW.id, NEW.words); END",
    "CREATE TRIGGER search_entry_gone AFTER DELETE ON annotation_searchentry BEGIN"
    " INSERT INTO annotation_searchwords (annotation_searchwords, rowid, words) VALUES ('delete', OLD.id, OLD.words); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE ON annotation_searchentry BEGIN"
    " INSERT INTO annotation_searchwords (annotation_searchwords, rowid, words) VALUES ('delete', OLD.id, OLD.words);"
    " INSERT INTO annotation_searchwords (rowid, words) VALUES (NEW.id, NEW.words); END",
)
SQLITE_BACK = (
    "DROP TRIGGER search_entry_added",
    "DROP TRIGGER search_entry_gone",
    "DROP TRIGGER search_entry_changed",
    "DROP TABLE annotation_searchwords",
)
POSTGRESQL = (
    "CREATE INDEX search_entry_words ON annotation_searchentry USING gin (array_to_tsvector(string_to_array(words, ' ')))",
)
POSTGRESQL_BACK = ("DROP INDEX search_entry_words",)


def forwards(_apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def backwards(_apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0137_searchentry"),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
