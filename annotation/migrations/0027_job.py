import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0026_pair_of_its_project"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("load_items", "load queries and responses"),
                            ("load_scores", "load scores"),
                            ("prepare_images", "make the sizes of images"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="options")),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="file")),
                ("upload", models.CharField(blank=True, editable=False, max_length=255)),
                ("attempt", models.PositiveSmallIntegerField(default=1, verbose_name="attempt")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started at")),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True, verbose_name="lease expires at")),
                ("cancel_asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked to stop at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done"),
                            ("refused", "refused"),
                            ("cancelled", "cancelled"),
                            ("failed", "failed"),
                            ("lost", "its worker was lost"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("phase", models.CharField(blank=True, max_length=20, verbose_name="phase")),
                ("done", models.PositiveBigIntegerField(default=0, verbose_name="done")),
                ("total", models.PositiveBigIntegerField(default=0, verbose_name="in total")),
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("report", models.JSONField(blank=True, null=True, verbose_name="report")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "ordering": ["project", "-pk"],
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["lease_expires_at"], name="job_under_way")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["load_items", "load_scores", "prepare_images"])), name="job_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("outcome", "")),
                            models.Q(
                                ("ended_at__isnull", False), ("outcome__in", ["done", "refused", "cancelled", "failed", "lost"])
                            ),
                            _connector="OR",
                        ),
                        name="job_outcome_with_its_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_expires_at", None), ("started_at", None)),
                            models.Q(("lease_expires_at__isnull", False), ("started_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="job_lease_with_its_start",
                    ),
                ],
            },
        ),
    ]
