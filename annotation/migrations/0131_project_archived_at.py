from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0130_project_closed_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="archived at"),
        ),
    ]
