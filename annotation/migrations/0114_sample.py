import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0113_event_of_a_sample"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "unit",
                    models.CharField(
                        choices=[("response", "responses"), ("query", "queries, with all their responses")],
                        max_length=10,
                        verbose_name="unit",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("by", models.JSONField(default=list, verbose_name="strata")),
                (
                    "allocation",
                    models.CharField(
                        choices=[("proportional", "as the pool has them"), ("equal", "as many of each")],
                        max_length=20,
                        verbose_name="allocation",
                    ),
                ),
                ("systems", models.JSONField(blank=True, default=list, verbose_name="systems")),
                ("seed", models.BigIntegerField(verbose_name="seed")),
                ("strata", models.JSONField(verbose_name="draw")),
                ("drawn_at", models.DateTimeField(auto_now_add=True, verbose_name="drawn at")),
                (
                    "drawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drawn by",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "sample",
                "verbose_name_plural": "samples",
                "ordering": ["project", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="sample_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="sample_number_from_1"),
                    models.CheckConstraint(condition=models.Q(("size__gte", 1)), name="sample_size_from_1"),
                    models.CheckConstraint(condition=models.Q(("unit__in", ["response", "query"])), name="sample_unit_known"),
                    models.CheckConstraint(
                        condition=models.Q(("allocation__in", ["proportional", "equal"])), name="sample_allocation_known"
                    ),
                ],
            },
        ),
    ]
