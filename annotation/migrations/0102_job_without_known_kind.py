from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0101_job_kind_of_scorers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="job",
            name="job_kind_known",
        ),
    ]
