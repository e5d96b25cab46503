from importlib import import_module

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0152_membership_of_somebody_who_takes_part_again"),
    ]

    operations = [import_module("annotation.migrations.0090_participation_ended_without_membership").Migration.operations[0]]
