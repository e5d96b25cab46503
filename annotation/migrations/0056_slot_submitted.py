from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0055_slot_further"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["project", "submitted_at"], condition=Q(submitted_at__isnull=False), name="slot_submitted"
            ),
        ),
    ]
