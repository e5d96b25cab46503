from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0005_project_without_dispute_from_1"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="project",
            name="project_undisputed_share_0_to_1",
        ),
    ]
