from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0071_job_without_kind_known"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["load_items", "load_scores", "prepare_images", "release"])),
                name="job_kind_known",
            ),
        ),
    ]
