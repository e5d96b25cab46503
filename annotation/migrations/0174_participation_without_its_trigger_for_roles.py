from importlib import import_module

from django.db import migrations

from config.triggers import taken_back


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0173_cohort_member_of_its_project"),
    ]

    # SQLite remakes the table of memberships for another constraint
    operations = [
        taken_back(import_module("annotation.migrations.0090_participation_ended_without_membership").Migration.operations[0])
    ]
