from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0132_project_archived_when_closed"),
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
                    ("check_scorer", "import a scorer's scores"),
                    ("set_overlap", "change the annotators per response"),
                    ("copy_data", "copy the data of another project"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
