"""The split test. On SQLite the constraint remakes the table, so the triggers of labels are dropped before and made again after."""

from django.db import migrations, models
from django.db.models import Q

from config.triggers import refuse, taken_back

TRIGGERS = [
    refuse(
        name="label_never_changes",
        table="annotation_label",
        events="UPDATE",
        when="NEW.id = OLD.id",
        message="the labels of a release never change",
    ),
    refuse(
        name="label_fair_with_error",
        table="annotation_label",
        events="INSERT",
        when="(NEW.fair IS NULL) <> (NEW.fair_se IS NULL) OR NEW.fair_se < 0",
        message="a fair value has a standard error",
    ),
]
CHANGES = [
    migrations.RemoveConstraint(model_name="label", name="label_split_known"),
    migrations.AlterField(
        model_name="label",
        name="split",
        field=models.CharField(
            choices=[("train", "train"), ("check", "check"), ("test", "test")], max_length=10, verbose_name="split"
        ),
    ),
    migrations.AddConstraint(
        model_name="label",
        constraint=models.CheckConstraint(condition=Q(split__in=["train", "check", "test"]), name="label_split_known"),
    ),
]


class Migration(migrations.Migration):
    dependencies = [("annotation", "0063_criterion_label_fair_with_error")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                *(taken_back(trigger) for trigger in TRIGGERS),
                *CHANGES,
                *TRIGGERS,
            ],
            state_operations=CHANGES,
        )
    ]
