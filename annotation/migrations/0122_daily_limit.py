import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0121_tied_system"),
    ]

    operations = [
        migrations.CreateModel(
            name="DailyLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("most", models.PositiveSmallIntegerField(verbose_name="most responses per day")),
                (
                    "participation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="daily_limit",
                        to="annotation.participation",
                        verbose_name="participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "limit of a day",
                "verbose_name_plural": "limits of a day",
                "ordering": ["participation"],
                "constraints": [models.CheckConstraint(condition=models.Q(("most__gte", 1)), name="daily_limit_from_1")],
            },
        ),
    ]
