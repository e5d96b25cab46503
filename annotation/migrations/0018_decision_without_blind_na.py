from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0017_decision_without_blind_level"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="decision",
            name="blind_na",
        ),
    ]
