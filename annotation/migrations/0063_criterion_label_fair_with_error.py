"""A trigger, not a constraint: for that SQLite would remake the table, which loses its other triggers. Labels never change."""

from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("annotation", "0062_criterion_label_fair_se")]

    operations = [
        refuse(
            name="criterion_label_fair_with_error",
            table="annotation_criterionlabel",
            events="INSERT",
            when="(NEW.fair IS NULL) <> (NEW.fair_se IS NULL) OR NEW.fair_se < 0",
            message="a fair value has a standard error",
        )
    ]
