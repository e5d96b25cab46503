import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0169_cohort"),
    ]

    operations = [
        migrations.CreateModel(
            name="CohortCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.SlugField(max_length=100, verbose_name="category")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="categories",
                        to="annotation.cohort",
                        verbose_name="cohort",
                    ),
                ),
            ],
            options={
                "verbose_name": "category that a cohort scores",
                "verbose_name_plural": "categories that cohorts score",
                "ordering": ["cohort", "category"],
                "constraints": [models.UniqueConstraint(fields=("cohort", "category"), name="cohort_category_once")],
            },
        ),
    ]
