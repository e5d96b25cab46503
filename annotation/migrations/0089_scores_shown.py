import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0088_participation_name_stays"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScoresShown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "scores shown",
                "verbose_name_plural": "scores shown",
                "ordering": ["project", "user", "at"],
                "indexes": [
                    models.Index(fields=["project", "user"], name="scores_shown_to"),
                    models.Index(condition=models.Q(("task", None)), fields=["project", "user", "at"], name="scores_shown_whole"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("task__isnull", False)), fields=("task", "user"), name="scores_shown_once"
                    )
                ],
            },
        ),
    ]
