from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0004_copy_rules"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="project",
            name="project_dispute_from_1",
        ),
    ]
