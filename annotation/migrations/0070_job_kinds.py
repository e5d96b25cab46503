from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0069_download"),
    ]

    operations = [
        migrations.AlterField(
            model_name="job",
            name="kind",
            field=models.CharField(
                choices=[
                    ("load_items", "load queries and responses"),
                    ("load_scores", "load scores"),
                    ("prepare_images", "make the sizes of images"),
                    ("release", "make a release"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
