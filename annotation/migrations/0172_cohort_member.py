import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0171_cohort_language"),
    ]

    operations = [
        migrations.CreateModel(
            name="CohortMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="annotation.cohort",
                        verbose_name="cohort",
                    ),
                ),
                (
                    "participation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohort_member",
                        to="annotation.participation",
                        verbose_name="participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of a cohort",
                "verbose_name_plural": "members of cohorts",
                "ordering": ["cohort", "participation"],
            },
        ),
    ]
