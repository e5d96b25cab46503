import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0114_sample"),
    ]

    operations = [
        migrations.CreateModel(
            name="SampledTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chance", models.FloatField(verbose_name="chance")),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sampled",
                        to="annotation.sample",
                        verbose_name="sample",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sampled",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
            ],
            options={
                "verbose_name": "sampled task",
                "verbose_name_plural": "sampled tasks",
                "ordering": ["sample", "task"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("chance__gt", 0), ("chance__lte", 1)), name="sampled_with_a_chance"
                    )
                ],
            },
        ),
    ]
