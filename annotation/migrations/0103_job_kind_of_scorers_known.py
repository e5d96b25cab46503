from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0102_job_without_known_kind"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["load_items", "load_scores", "prepare_images", "release", "check_scorer"])),
                name="job_kind_known",
            ),
        ),
    ]
