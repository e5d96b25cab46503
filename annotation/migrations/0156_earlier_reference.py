import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0155_invitation_role_known"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annotation.task", verbose_name="task"
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="annotator",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.referencerevision",
                        verbose_name="revision that was approved later",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("task", "annotator", "revision"), name="earlier_reference_once")],
                "verbose_name": "judgement with an earlier reference answer",
                "verbose_name_plural": "judgements with earlier reference answers",
                "ordering": ["task", "annotator", "revision"],
            },
        ),
    ]
