from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0023_remove_slot_reopened")]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("annotator", None), ("reopened_at__isnull", False), ("withdrawn_at", None)),
                fields=["project", "position"],
                name="slot_reopened",
            ),
        ),
    ]
