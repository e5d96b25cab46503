import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0032_look")]

    operations = [
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="annotator",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("broken_image", "broken image"),
                            ("unclear_query", "unclear query"),
                            ("harmful", "harmful content"),
                            ("conflict", "conflict of interest"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("raised_at", models.DateTimeField(verbose_name="raised at")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
            ],
            options={
                "verbose_name": "flag",
                "verbose_name_plural": "flags",
                "ordering": ["project", "raised_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["broken_image", "unclear_query", "harmful", "conflict", "other"])),
                        name="flag_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="flag_settled_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)), fields=("task", "annotator", "kind"), name="flag_open_once"
                    ),
                ],
            },
        ),
    ]
