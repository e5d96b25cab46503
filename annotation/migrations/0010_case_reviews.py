import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0009_project_without_undisputed_share"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "adjudication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="annotation.adjudication",
                        verbose_name="adjudication",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "adjudicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="adjudicator",
                    ),
                ),
                ("claimed_at", models.DateTimeField(verbose_name="claimed at")),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True, verbose_name="lease expires at")),
                ("blind_at", models.DateTimeField(blank=True, null=True, verbose_name="scored blind at")),
                ("revealed_at", models.DateTimeField(blank=True, null=True, verbose_name="scores revealed at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("decided", "decided"),
                            ("unusable", "marked unusable"),
                            ("skipped", "skipped"),
                            ("handed_over", "handed over"),
                            ("taken_back", "taken back by a manager"),
                            ("lapsed", "lease ran out"),
                            ("sent_back", "sent back to an annotator"),
                            ("further", "one more annotator asked"),
                        ],
                        max_length=20,
                        verbose_name="how it ended",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("blind_key", models.CharField(blank=True, editable=False, max_length=200)),
                ("decision_key", models.CharField(blank=True, editable=False, max_length=200)),
            ],
            options={
                "verbose_name": "part in a case",
                "verbose_name_plural": "parts in cases",
                "ordering": ["adjudication", "claimed_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("adjudication", "adjudicator"), name="review_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("adjudication",), name="review_held_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("project", "adjudicator"),
                        name="review_held_one_per_adjudicator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", ""), ("lease_expires_at__isnull", False)),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("lease_expires_at", None),
                                (
                                    "ending__in",
                                    [
                                        "decided",
                                        "unusable",
                                        "skipped",
                                        "handed_over",
                                        "taken_back",
                                        "lapsed",
                                        "sent_back",
                                        "further",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="review_held_or_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("blind_at", None), ("revealed_at__isnull", False), _connector="OR"),
                        name="review_revealed_once_blind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ending", "skipped"), ("reason", ""), _negated=True),
                        name="review_skipped_with_reason",
                    ),
                ],
            },
        ),
    ]
