import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Rubric",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100, verbose_name="slug")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("category", models.SlugField(max_length=100, verbose_name="category")),
                ("scale_min", models.SmallIntegerField(verbose_name="lowest level")),
                ("scale_max", models.SmallIntegerField(verbose_name="highest level")),
                (
                    "overall_method",
                    models.CharField(
                        choices=[
                            ("weighted_mean", "weighted mean of the criteria, less penalties"),
                            ("sum", "sum of the criteria's points, less penalties"),
                            ("holistic", "given by the annotator beside the criteria"),
                        ],
                        max_length=20,
                        verbose_name="overall",
                    ),
                ),
                ("overall_min", models.SmallIntegerField(verbose_name="lowest overall")),
                ("overall_max", models.SmallIntegerField(verbose_name="highest overall")),
                (
                    "rounding",
                    models.CharField(
                        choices=[("half_up", "half up"), ("half_even", "half to even")], max_length=10, verbose_name="rounding"
                    ),
                ),
                ("shows_correct_answer", models.BooleanField(verbose_name="shows the correct answer")),
                ("guidance", models.TextField(blank=True, verbose_name="guidance")),
                ("content_hash", models.CharField(max_length=64, verbose_name="hash of the content")),
                ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="frozen at")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "verbose_name": "rubric",
                "verbose_name_plural": "rubrics",
                "ordering": ["slug", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "version"), name="rubric_version_once"),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="rubric_version_from_1"),
                    models.CheckConstraint(
                        condition=models.Q(("scale_min__lt", models.F("scale_max"))), name="rubric_scale_ascends"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("overall_min__lt", models.F("overall_max"))), name="rubric_overall_ascends"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("overall_method__in", ["weighted_mean", "sum", "holistic"])),
                        name="rubric_overall_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rounding__in", ["half_up", "half_even"])), name="rubric_rounding_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rubric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="rubrics.rubric",
                        verbose_name="rubric",
                    ),
                ),
                ("key", models.CharField(max_length=100, verbose_name="key")),
                (
                    "kind",
                    models.CharField(choices=[("rated", "rated"), ("penalty", "penalty")], max_length=10, verbose_name="kind"),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("weight", models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True, verbose_name="weight")),
                ("points", models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True, verbose_name="points off")),
                (
                    "na",
                    models.CharField(
                        choices=[
                            ("never", "never"),
                            ("allowed", "allowed"),
                            ("when_no_query_image", "when the query has no image"),
                            ("when_no_response_image", "when the response has no image"),
                        ],
                        default="never",
                        max_length=30,
                        verbose_name="not applicable",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["rubric", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("rubric", "key"), name="criterion_key_once"),
                    models.UniqueConstraint(fields=("rubric", "place"), name="criterion_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "rated"), ("points__isnull", True), ("weight__gt", 0), ("weight__isnull", False)),
                            models.Q(
                                ("kind", "penalty"),
                                ("na", "never"),
                                ("points__gt", 0),
                                ("points__isnull", False),
                                ("weight__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="criterion_rated_or_penalty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("na__in", ["never", "allowed", "when_no_query_image", "when_no_response_image"])),
                        name="criterion_na_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levels",
                        to="rubrics.criterion",
                        verbose_name="criterion",
                    ),
                ),
                ("value", models.SmallIntegerField(verbose_name="value")),
                ("label", models.CharField(blank=True, max_length=100, verbose_name="label")),
                ("descriptor", models.TextField(verbose_name="descriptor")),
            ],
            options={
                "verbose_name": "level",
                "verbose_name_plural": "levels",
                "ordering": ["criterion", "value"],
                "constraints": [models.UniqueConstraint(fields=("criterion", "value"), name="level_value_once")],
            },
        ),
    ]
