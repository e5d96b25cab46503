from importlib import import_module

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0178_membership_annotator_or_manager"),
    ]

    operations = [import_module("annotation.migrations.0087_membership_of_somebody_who_takes_part").Migration.operations[0]]
