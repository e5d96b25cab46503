import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0120_scoring_category"),
    ]

    operations = [
        migrations.CreateModel(
            name="TiedSystem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("system", models.CharField(max_length=200, verbose_name="system")),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tied_systems",
                        to="annotation.participation",
                        verbose_name="participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "system that somebody is tied to",
                "verbose_name_plural": "systems that people are tied to",
                "ordering": ["participation", "system"],
                "constraints": [models.UniqueConstraint(fields=("participation", "system"), name="tied_system_once")],
            },
        ),
    ]
