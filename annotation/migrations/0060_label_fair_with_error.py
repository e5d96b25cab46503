"""A trigger, not a constraint: for that SQLite would remake the table, which loses its other triggers. Labels never change."""

from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0059_label_fair_se")]

    operations = [
        refuse(
            name="label_fair_with_error",
            table="annotation_label",
            events="INSERT",
            when="(NEW.fair IS NULL) <> (NEW.fair_se IS NULL) OR NEW.fair_se < 0",
            message="a fair value has a standard error",
        )
    ]
