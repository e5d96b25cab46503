from importlib import import_module

from django.db import migrations

from config.triggers import taken_back


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0174_participation_without_its_trigger_for_roles"),
    ]

    # SQLite remakes the table of memberships for another constraint
    operations = [
        taken_back(import_module("annotation.migrations.0087_membership_of_somebody_who_takes_part").Migration.operations[0])
    ]
