from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0129_task_draw_0_to_1"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="closed at"),
        ),
    ]
