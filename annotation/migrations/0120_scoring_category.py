import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0119_password_link"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScoringCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.SlugField(max_length=100, verbose_name="category")),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="categories",
                        to="annotation.participation",
                        verbose_name="participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "category that somebody scores",
                "verbose_name_plural": "categories that somebody scores",
                "ordering": ["participation", "category"],
                "constraints": [models.UniqueConstraint(fields=("participation", "category"), name="scoring_category_once")],
            },
        ),
    ]
