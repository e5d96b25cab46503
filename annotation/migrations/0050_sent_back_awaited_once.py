from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0049_join_withdrawn_returns")]

    operations = [
        migrations.AddConstraint(
            model_name="sentback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", None), ("withdrawn_at", None)),
                fields=("annotation",),
                name="sent_back_awaited_once",
            ),
        )
    ]
