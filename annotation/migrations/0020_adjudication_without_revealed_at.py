from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0019_decision_without_blind_given"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="adjudication",
            name="revealed_at",
        ),
    ]
