import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0030_note")]

    operations = [
        migrations.CreateModel(
            name="ErrorMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="error_marks",
                        to="annotation.revision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "error_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="annotation.errortype",
                        verbose_name="type of error",
                    ),
                ),
                ("block", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="block")),
            ],
            options={
                "verbose_name": "error",
                "verbose_name_plural": "errors",
                "ordering": ["revision", "error_type__place", "block"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("block__isnull", False)),
                        fields=("revision", "error_type", "block"),
                        name="error_once_per_block",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("block", None)), fields=("revision", "error_type"), name="error_once_per_response"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("block", None), ("block__gte", 1), _connector="OR"), name="error_block_from_1"
                    ),
                ],
            },
        ),
    ]
