from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0070_job_kinds"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="job", name="job_kind_known"),
    ]
