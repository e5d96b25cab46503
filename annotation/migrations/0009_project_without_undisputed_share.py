from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0008_project_without_group_range"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="project",
            name="undisputed_share",
        ),
    ]
