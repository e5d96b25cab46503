from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0054_remove_slot_after_dispute"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["project", "task"], condition=Q(reason="after_dispute"), name="slot_further"),
        ),
    ]
