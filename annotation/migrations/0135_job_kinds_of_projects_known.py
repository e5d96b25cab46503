from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0134_job_without_kinds_of_projects"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["load_items", "load_scores", "prepare_images", "release", "check_scorer", "set_overlap", "copy_data"],
                    )
                ),
                name="job_kind_known",
            ),
        ),
    ]
