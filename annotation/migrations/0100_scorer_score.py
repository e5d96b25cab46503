import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0099_scorer_run"),
        ("rubrics", "0002_triggers"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScorerScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="annotation.scorerrun",
                        verbose_name="run",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scorer_scores",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scorer_scores",
                        to="rubrics.criterion",
                        verbose_name="criterion",
                    ),
                ),
                ("raw", models.FloatField(blank=True, null=True, verbose_name="score in the file")),
                ("value", models.FloatField(blank=True, null=True, verbose_name="value")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "read"),
                            ("clipped", "outside the scale, counted at its nearest end"),
                            ("unreadable", "unreadable"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("several_numbers", models.BooleanField(default=False, verbose_name="several numbers")),
                ("cut", models.BooleanField(default=False, verbose_name="cut by MMIE's script")),
            ],
            options={
                "verbose_name": "score of a scorer",
                "verbose_name_plural": "scores of scorers",
                "ordering": ["run", "task", "criterion"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("criterion__isnull", False)),
                        fields=("run", "task", "criterion"),
                        name="scorer_score_of_a_criterion_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("criterion", None)), fields=("run", "task"), name="scorer_score_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["read", "clipped", "unreadable"])), name="scorer_score_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("raw", None), ("state", "unreadable"), ("value", None)),
                            models.Q(
                                ("raw__isnull", False), ("value__isnull", False), models.Q(("state", "unreadable"), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="scorer_score_without_value_unreadable",
                    ),
                ],
            },
        ),
    ]
