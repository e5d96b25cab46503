from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0050_sent_back_awaited_once")]

    operations = [
        migrations.AddConstraint(
            model_name="sentback",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", None), ("withdrawn_at", None), _connector="OR"),
                name="sent_back_answered_or_withdrawn",
            ),
        )
    ]
