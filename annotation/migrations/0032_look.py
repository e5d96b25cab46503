import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0031_error_mark")]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="annotation.revision",
                        verbose_name="revision",
                    ),
                ),
                ("low", models.SmallIntegerField(verbose_name="lowest level")),
                ("high", models.SmallIntegerField(verbose_name="highest level")),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="rubrics.criterion",
                        verbose_name="criterion",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "look at reference answers",
                "verbose_name_plural": "looks at reference answers",
                "ordering": ["revision", "at", "pk"],
                "constraints": [models.CheckConstraint(condition=models.Q(("low__lte", models.F("high"))), name="look_ascends")],
            },
        ),
    ]
