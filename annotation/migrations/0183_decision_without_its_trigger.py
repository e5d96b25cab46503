from importlib import import_module

from django.db import migrations

from config.triggers import taken_back


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0182_event_verb_of_tokens"),
    ]

    # SQLite remakes the table of decisions for another check; and a decision may have no cause from now on
    operations = [taken_back(import_module("annotation.migrations.0043_decision_never_changes").Migration.operations[0])]
