from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0007_project_without_pair_gap"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="project",
            name="group_range",
        ),
    ]
