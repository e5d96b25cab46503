import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0168_event_verbs_of_cohorts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohorts",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "cohort",
                "verbose_name_plural": "cohorts",
                "ordering": ["project", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "name"), name="cohort_once"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="cohort_with_a_name"),
                ],
            },
        ),
    ]
