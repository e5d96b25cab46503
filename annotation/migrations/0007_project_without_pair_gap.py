from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0006_project_without_share_0_to_1"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="project",
            name="pair_gap",
        ),
    ]
