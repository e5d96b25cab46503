import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0027_job")]

    operations = [
        migrations.CreateModel(
            name="ErrorType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="error_types",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                ("key", models.SlugField(allow_unicode=True, max_length=100, verbose_name="key")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="taken off the list at")),
            ],
            options={
                "verbose_name": "type of error",
                "verbose_name_plural": "types of errors",
                "ordering": ["project", "place", "key"],
                "constraints": [models.UniqueConstraint(fields=("project", "key"), name="error_type_once")],
            },
        ),
    ]
