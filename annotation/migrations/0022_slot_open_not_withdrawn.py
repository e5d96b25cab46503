from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0021_remove_slot_open")]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("annotator", None), ("withdrawn_at", None)),
                fields=["project", "position"],
                name="slot_open",
            ),
        ),
    ]
