import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0024_slot_reopened_not_withdrawn")]

    operations = [
        migrations.CreateModel(
            name="PossibleDuplicate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="possible_duplicates",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs_as_first",
                        to="annotation.query",
                        verbose_name="first query",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs_as_second",
                        to="annotation.query",
                        verbose_name="second query",
                    ),
                ),
                ("reasons", models.JSONField(verbose_name="reasons")),
                ("strength", models.FloatField(verbose_name="strength")),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("different", "different"), ("merged", "merged"), ("dropped", "dropped")],
                        default="",
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
            ],
            options={
                "verbose_name": "possible duplicate",
                "verbose_name_plural": "possible duplicates",
                "ordering": ["project", "-strength", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="pair_once"),
                    models.CheckConstraint(condition=models.Q(("first__lt", models.F("second"))), name="pair_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["", "different", "merged", "dropped"])),
                        name="pair_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("verdict", "")),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="pair_decided_by_somebody",
                    ),
                ],
                "indexes": [models.Index(fields=["project", "verdict", "-strength"], name="pair_strongest")],
            },
        ),
    ]
