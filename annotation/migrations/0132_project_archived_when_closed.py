from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0131_project_archived_at"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("archived_at", None), ("closed_at__isnull", False), _connector="OR"),
                name="project_archived_when_closed",
            ),
        ),
    ]
