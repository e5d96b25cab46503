import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0098_scorer"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScorerRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scorer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="annotation.scorer",
                        verbose_name="scorer",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="name in the file")),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("sha256", models.CharField(max_length=64, verbose_name="hash of the file")),
                ("from_mmie", models.BooleanField(default=False, verbose_name="MMIE's result file")),
                ("scale_low", models.FloatField(blank=True, null=True, verbose_name="lowest value of its scale")),
                ("scale_high", models.FloatField(blank=True, null=True, verbose_name="highest value of its scale")),
                ("counts", models.JSONField(verbose_name="counts")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
            ],
            options={
                "verbose_name": "run of a scorer",
                "verbose_name_plural": "runs of scorers",
                "ordering": ["scorer", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("scorer", "number"), name="scorer_run_once"),
                    models.UniqueConstraint(fields=("scorer", "sha256", "label"), name="scorer_run_of_a_file_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="scorer_run_from_1"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scale_high", None), ("scale_low", None)),
                            models.Q(
                                ("scale_high__isnull", False),
                                ("scale_low__isnull", False),
                                ("scale_low__lt", models.F("scale_high")),
                            ),
                            _connector="OR",
                        ),
                        name="scorer_run_scale_ascends",
                    ),
                ],
            },
        ),
    ]
