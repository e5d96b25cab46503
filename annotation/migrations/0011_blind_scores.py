import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0010_case_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlindScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rubrics.level",
                        verbose_name="level",
                    ),
                ),
                ("na", models.BooleanField(default=False, verbose_name="not applicable")),
                ("given", models.BooleanField(blank=True, null=True, verbose_name="penalty applies")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blind_scores",
                        to="annotation.casereview",
                        verbose_name="part in a case",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blind_scores",
                        to="rubrics.criterion",
                        verbose_name="criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "blind score",
                "verbose_name_plural": "blind scores",
                "ordering": ["review", "criterion__place"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "criterion"), name="blind_score_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given", None), ("level__isnull", False), ("na", False)),
                            models.Q(("given", None), ("level", None), ("na", True)),
                            models.Q(("given__isnull", False), ("level", None), ("na", False)),
                            _connector="OR",
                        ),
                        name="blind_score_one_answer",
                    ),
                ],
            },
        ),
    ]
