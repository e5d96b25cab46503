from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0133_job_kinds_of_projects"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="job",
            name="job_kind_known",
        ),
    ]
