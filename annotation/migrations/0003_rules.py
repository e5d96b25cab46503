import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0002_triggers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rules",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="rules",
                        serialize=False,
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "pair_gap",
                    models.PositiveSmallIntegerField(default=2, verbose_name="gap that is a dispute between two ratings"),
                ),
                (
                    "group_range",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="range that is a dispute among three or more ratings"
                    ),
                ),
                ("penalties", models.BooleanField(default=True, verbose_name="a penalty that only some gave is a dispute")),
                (
                    "applicability",
                    models.BooleanField(default=True, verbose_name="a criterion that only some found applicable is a dispute"),
                ),
                (
                    "holistic",
                    models.BooleanField(
                        default=True, verbose_name="an overall that is scored directly is disputed by the same gaps"
                    ),
                ),
                (
                    "cut_off",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="a dispute when some ratings are below this level and others are not"
                    ),
                ),
                (
                    "deciders",
                    models.CharField(
                        choices=[("adjudicators", "adjudicators"), ("managers", "adjudicators and managers")],
                        default="adjudicators",
                        max_length=20,
                        verbose_name="who decides",
                    ),
                ),
                (
                    "further_annotator",
                    models.BooleanField(default=False, verbose_name="one more annotator is asked before an adjudicator"),
                ),
                ("undisputed_share", models.FloatField(default=0.05, verbose_name="share of undisputed responses in the queue")),
                (
                    "second_share",
                    models.FloatField(
                        default=0, verbose_name="share of decided responses that a second adjudicator also decides"
                    ),
                ),
                (
                    "labels_from",
                    models.CharField(
                        choices=[("newest", "each annotator's newest revision"), ("first", "each annotator's first judgement")],
                        default="newest",
                        max_length=10,
                        verbose_name="labels are made from",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules for disputes and labels",
                "verbose_name_plural": "rules for disputes and labels",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group_range__gte", 1), ("pair_gap__gte", 1)), name="rules_dispute_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cut_off", None), ("cut_off__gte", 1), _connector="OR"), name="rules_cut_off_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_share__gte", 0),
                            ("second_share__lte", 1),
                            ("undisputed_share__gte", 0),
                            ("undisputed_share__lte", 1),
                        ),
                        name="rules_shares_0_to_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deciders__in", ["adjudicators", "managers"])), name="rules_deciders_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("labels_from__in", ["newest", "first"])), name="rules_labels_from_known"
                    ),
                ],
            },
        ),
    ]
