from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0016_decision_with_cause"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="decision",
            name="blind_level",
        ),
    ]
