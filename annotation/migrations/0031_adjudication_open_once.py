from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0030_adjudication_confirmed_at"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)), fields=("task",), name="adjudication_open_once"
            ),
        ),
    ]
