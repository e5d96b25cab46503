from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0110_scorer_score_of_its_task"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["project", "annotator", "position"],
                condition=Q(annotator__isnull=False) & ~Q(claimed_at=F("submitted_at")),
                name="slot_claimed",
            ),
        ),
    ]
