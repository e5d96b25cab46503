import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0170_cohort_category"),
    ]

    operations = [
        migrations.CreateModel(
            name="CohortLanguage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=35, verbose_name="language")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="languages",
                        to="annotation.cohort",
                        verbose_name="cohort",
                    ),
                ),
            ],
            options={
                "verbose_name": "language that a cohort scores",
                "verbose_name_plural": "languages that cohorts score",
                "ordering": ["cohort", "language"],
                "constraints": [models.UniqueConstraint(fields=("cohort", "language"), name="cohort_language_once")],
            },
        ),
    ]
