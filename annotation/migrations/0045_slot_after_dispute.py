from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0044_comment_on_a_decision")]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(condition=models.Q(("reason", "after_dispute")), fields=["task"], name="slot_after_dispute"),
        )
    ]
