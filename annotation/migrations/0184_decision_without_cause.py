from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0183_decision_without_its_trigger"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_with_cause",
        ),
    ]
