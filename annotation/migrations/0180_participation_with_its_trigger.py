from importlib import import_module

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0179_membership_with_its_trigger"),
    ]

    operations = [import_module("annotation.migrations.0090_participation_ended_without_membership").Migration.operations[0]]
