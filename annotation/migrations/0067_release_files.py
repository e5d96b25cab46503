import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0066_look_at_images"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReleaseFiles",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="annotation.release",
                        verbose_name="release",
                    ),
                ),
                ("folder", models.CharField(max_length=255, verbose_name="folder")),
                ("sizes", models.JSONField(verbose_name="sizes")),
            ],
            options={
                "verbose_name": "files of a release",
                "verbose_name_plural": "files of releases",
                "ordering": ["release"],
            },
        ),
    ]
