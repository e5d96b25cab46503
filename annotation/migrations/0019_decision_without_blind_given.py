from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0018_decision_without_blind_na"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="decision",
            name="blind_given",
        ),
    ]
